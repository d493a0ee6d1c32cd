package dev.drydock.cluster.cri;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.ByteText;
import dev.drydock.cluster.os.FileSystem;
import dev.drydock.cluster.os.FileTree;
import dev.drydock.cluster.os.KernelEvent;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Sys;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/// The runtime over the simulated kernel.
final class Runtime implements ContainerRuntime {
  private static final long NODE_BYTES_MAX = 256L << 20;

  private final RuntimeWork work;
  private final Images images;
  private final Volumes volumes;
  private final Network network;
  private final Usages usages;
  private final Sandboxes sandboxes;
  private final Containers containers;

  Runtime(RuntimeState state, Instant now, RandomGenerator random) {
    work = new RuntimeWork(state, now, random);
    images = new Images(work);
    volumes = new Volumes(work);
    network = new Network(work);
    usages = new Usages(work);
    sandboxes = new Sandboxes(work);
    containers = new Containers(work);
  }

  @Override
  public RuntimeState state() {
    return work.state();
  }

  @Override
  public ImageService images() {
    return images;
  }

  @Override
  public VolumeService volumes() {
    return volumes;
  }

  @Override
  public NetworkService network() {
    return network;
  }

  @Override
  public UsageService usage() {
    return usages;
  }

  @Override
  public void addNode(String name, String address, String podPrefix) {
    if (work.nodes.containsKey(name)) {
      return;
    }
    work.put(NodeRuntime.of(name, address, podPrefix));
    String key = Volumes.nodeKey(name);
    var tree = new FileTree(FileSystem.empty(NODE_BYTES_MAX, work.now, 0755), work.now);
    for (String path : List.of("/etc/kubernetes", "/var/lib/kubelet", "/var/log/pods", "/mnt")) {
      int _ = tree.directory(path, 0755);
    }
    int _ = tree.directory("/tmp", 01777);
    tree.file("/etc/hostname", name + "\n", 0644);
    work.kernel.mountFileSystem(key, tree.fileSystem());
    work.kernel.setNetwork(work.kernel.network().withAddress(address, key));
  }

  @Override
  public void removeNode(String name) {
    NodeRuntime node = work.nodes.get(name);
    if (node == null) {
      return;
    }
    work.sandboxes.values().stream()
        .filter(s -> s.node().equals(name))
        .map(PodSandbox::id)
        .sorted()
        .forEach(this::removePodSandbox);
    work.kernel.removeFileSystem(Volumes.nodeKey(name), 0);
    work.kernel.setNetwork(work.kernel.network().withoutAddress(node.address()));
    work.nodes = work.nodes.minus(name);
  }

  @Override
  public String runPodSandbox(String node, PodSandboxConfig config) {
    return sandboxes.run(node, config);
  }

  @Override
  public void stopPodSandbox(String sandboxId) {
    PodSandbox sandbox = work.sandboxes.get(sandboxId);
    if (sandbox != null) {
      containersOf(sandboxId).forEach(c -> signal(c.id(), Signal.SIGKILL));
      sandboxes.stop(sandbox);
    }
  }

  @Override
  public void removePodSandbox(String sandboxId) {
    stopPodSandbox(sandboxId);
    containersOf(sandboxId).forEach(c -> removeContainer(c.id()));
    sandboxes.remove(sandboxId);
  }

  @Override
  public Optional<PodSandbox> podSandbox(String sandboxId) {
    return Optional.ofNullable(work.sandboxes.get(sandboxId));
  }

  @Override
  public String createContainer(String sandboxId, ContainerConfig config) throws CriException {
    PodSandbox sandbox = work.sandboxes.get(sandboxId);
    if (sandbox == null) {
      throw new CriException("failed to find sandbox id \"" + sandboxId + "\": not found");
    }
    return containers.create(sandbox, config);
  }

  @Override
  public void startContainer(String containerId) throws CriException {
    ContainerRecord record = work.containers.get(containerId);
    if (record == null) {
      throw new CriException(
          "an error occurred when try to find container \"" + containerId + "\": not found");
    }
    if (record.status().state() instanceof ContainerState.Created) {
      containers.start(record);
    }
  }

  @Override
  public void signal(String containerId, Signal signal) {
    work.kernel.signal(containerId, signal.number());
    takeKernelEvents();
  }

  @Override
  public void removeContainer(String containerId) {
    ContainerRecord record = work.containers.get(containerId);
    if (record != null) {
      containers.remove(record);
      takeKernelEvents();
    }
  }

  @Override
  public Optional<ContainerStatus> containerStatus(String containerId) {
    return Optional.ofNullable(work.containers.get(containerId)).map(containers::status);
  }

  @Override
  public boolean isSteady(String containerId) {
    return work.kernel.isSteady(containerId);
  }

  @Override
  public ImmutableList<ContainerStatus> containersOf(String sandboxId) {
    return work.containers.values().stream()
        .filter(c -> c.status().sandboxId().equals(sandboxId))
        .sorted(Comparator.comparingLong(ContainerRecord::number))
        .map(containers::status)
        .collect(ImmutableList.toImmutableList());
  }

  @Override
  public long writtenBytes(String containerId) {
    ContainerRecord record = work.containers.get(containerId);
    return record == null ? 0 : containers.writtenBytes(record);
  }

  @Override
  public ContainerLog log(String containerId) {
    ContainerRecord record = work.containers.get(containerId);
    return record == null ? ContainerLog.EMPTY : record.log().log();
  }

  @Override
  public Optional<byte[]> readFile(String containerId, String path, int bytesMax) {
    boolean hasFiles = work.kernel.compartmentOrNull(containerId) != null;
    if (!work.containers.containsKey(containerId) || !hasFiles) {
      return Optional.empty();
    }
    Sys sys = work.kernel.outsider(containerId);
    try {
      int fd = sys.open(ByteText.ofText(path), Sys.Open.READ);
      String bytes = sys.read(fd, bytesMax);
      sys.close(fd);
      return Optional.ofNullable(bytes).map(ByteText::toBytes);
    } catch (OsException _) {
      return Optional.empty();
    }
  }

  // ---- sessions

  @Override
  public String exec(String containerId, List<String> argv, boolean tty, boolean stdin)
      throws CriException {
    ContainerRecord record = running(containerId);
    String id = work.newId();
    int terminal = tty ? work.kernel.openTerminal(RuntimeWork.SESSION + id) : 0;
    int pipe = stdin && !tty ? work.kernel.openInputPipe() : 0;
    var session =
        new Session(
            id, containerId, -1, pipe, terminal, Session.Output.EMPTY, Session.Output.EMPTY, null);
    work.put(session);
    try {
      work.put(session.withProcess(containers.exec(record, id, argv, tty, pipe, terminal)));
    } catch (CriException e) {
      work.sessions = work.sessions.minus(id);
      throw e;
    }
    return id;
  }

  private ContainerRecord running(String containerId) throws CriException {
    ContainerRecord record = work.containers.get(containerId);
    if (record == null) {
      throw new CriException(
          "an error occurred when try to find container \"" + containerId + "\": not found");
    }
    if (!(record.status().state() instanceof ContainerState.Running)) {
      String state =
          record.status().state() instanceof ContainerState.Created
              ? "CONTAINER_CREATED"
              : "CONTAINER_EXITED";
      throw new CriException("container is in " + state + " state");
    }
    return record;
  }

  @Override
  public String attach(String containerId, boolean stdin) throws CriException {
    ContainerRecord record = running(containerId);
    String id = work.newId();
    work.put(
        new Session(
            id,
            containerId,
            0,
            stdin ? record.inputPipe() : 0,
            stdin ? record.terminal() : 0,
            Session.Output.EMPTY,
            Session.Output.EMPTY,
            null));
    return id;
  }

  @Override
  public void writeStdin(String sessionId, byte[] bytes) {
    Session session = work.sessions.get(sessionId);
    if (session == null) {
      return;
    }
    if (session.terminal() != 0) {
      work.kernel.type(session.terminal(), ByteText.ofBytes(bytes));
    } else if (session.inputPipe() != 0) {
      work.kernel.feedPipe(session.inputPipe(), ByteText.ofBytes(bytes));
    }
    takeKernelEvents();
  }

  @Override
  public int stdinRoom(String sessionId) {
    Session session = work.sessions.get(sessionId);
    return session == null
        ? 0
        : session.inputPipe() == 0 ? 4096 : work.kernel.pipeRoom(session.inputPipe());
  }

  @Override
  public void closeStdin(String sessionId) {
    Session session = work.sessions.get(sessionId);
    if (session != null && session.inputPipe() != 0) {
      work.kernel.closePipe(session.inputPipe());
    }
  }

  @Override
  public void resize(String sessionId, int rows, int columns) {
    Session session = work.sessions.get(sessionId);
    if (session != null && session.terminal() != 0) {
      work.kernel.resizeTerminal(session.terminal(), rows, columns);
    }
  }

  @Override
  public byte[] read(String sessionId, OutputStreamName stream) {
    Session session = work.sessions.get(sessionId);
    if (session == null || session.output(stream).size() == 0) {
      return new byte[0];
    }
    String bytes = String.join("", session.output(stream).chunks());
    work.put(session.with(stream, Session.Output.EMPTY));
    return ByteText.toBytes(bytes);
  }

  @Override
  public OptionalInt exitCode(String sessionId) {
    Session session = work.sessions.get(sessionId);
    Integer code = session == null ? null : session.exitCode();
    return code == null ? OptionalInt.empty() : OptionalInt.of(code);
  }

  @Override
  public void closeSession(String sessionId) {
    Session session = work.sessions.get(sessionId);
    if (session == null) {
      return;
    }
    work.sessions = work.sessions.minus(sessionId);
    if (session.process() != 0 && session.terminal() != 0) {
      work.kernel.hangUp(session.terminal());
    } else if (session.process() != 0 && session.inputPipe() != 0) {
      work.kernel.closePipe(session.inputPipe());
    }
    takeKernelEvents();
  }

  // ---- running

  @Override
  public ImmutableList<RuntimeEvent> advance(int stepsMax) {
    int _ = work.kernel.run(stepsMax);
    takeKernelEvents();
    network.collectEvents();
    var happened = ImmutableList.copyOf(work.events);
    work.events.clear();
    return happened;
  }

  private void takeKernelEvents() {
    for (KernelEvent event : work.kernel.takeEvents()) {
      switch (event) {
        case KernelEvent.CompartmentEnded(String id, int status, boolean outOfMemory) -> {
          containers.ended(id, status, outOfMemory);
          work.sessions.values().stream()
              .filter(s -> s.process() == 0 && s.containerId().equals(id))
              .forEach(s -> endSession(s, status));
        }
        case KernelEvent.ProcessEnded(int process, int status) ->
            work.sessions.values().stream()
                .filter(s -> s.process() == process)
                .forEach(s -> endSession(s, status));
      }
    }
  }

  private void endSession(Session session, int status) {
    if (session.exitCode() == null) {
      work.put(session.ended(status));
      work.events.add(new RuntimeEvent.SessionEnded(session.id()));
    }
  }

  @Override
  public boolean hasRunnable() {
    return !work.events.isEmpty() || work.kernel.hasReady();
  }

  @Override
  public Optional<Instant> nextWake() {
    return work.events.isEmpty() ? work.kernel.nextWake() : Optional.of(work.now);
  }
}
