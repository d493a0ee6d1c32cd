package dev.drydock.cluster.cri;

import com.google.common.collect.ImmutableList;
import com.google.common.io.BaseEncoding;
import dev.drydock.cluster.image.Image;
import dev.drydock.cluster.image.ImageReference;
import dev.drydock.cluster.image.PullException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Containers that merely run until they are told to end.
final class Runtime implements ContainerRuntime, ImageService, VolumeService, NetworkService {
  private RuntimeState state;
  private final Instant now;
  private final RandomGenerator random;
  private final ImmutableList.Builder<RuntimeEvent> events = ImmutableList.builder();
  private final Map<String, Set<String>> unused = new HashMap<>();

  Runtime(RuntimeState state, Instant now, RandomGenerator random) {
    this.state = state;
    this.now = now;
    this.random = random;
  }

  @Override
  public RuntimeState state() {
    return state;
  }

  @Override
  public ImageService images() {
    return this;
  }

  @Override
  public VolumeService volumes() {
    return this;
  }

  @Override
  public NetworkService network() {
    return this;
  }

  @Override
  public void addNode(String name, String address, String podPrefix) {
    if (!state.nodes().containsKey(name)) {
      put(NodeRuntime.of(name, address, podPrefix));
    }
  }

  private void put(NodeRuntime node) {
    state =
        new RuntimeState(
            state.catalog(),
            state.nodes().plus(node.name(), node),
            state.sandboxes(),
            state.containers(),
            state.logs(),
            state.sessions());
  }

  private void put(PodSandbox s) {
    state =
        new RuntimeState(
            state.catalog(),
            state.nodes(),
            state.sandboxes().plus(s.id(), s),
            state.containers(),
            state.logs(),
            state.sessions());
  }

  private void put(ContainerStatus c) {
    state =
        new RuntimeState(
            state.catalog(),
            state.nodes(),
            state.sandboxes(),
            state.containers().plus(c.id(), c),
            state.logs(),
            state.sessions());
  }

  private void put(Session s) {
    state =
        new RuntimeState(
            state.catalog(),
            state.nodes(),
            state.sandboxes(),
            state.containers(),
            state.logs(),
            state.sessions().plus(s.id(), s));
  }

  private NodeRuntime node(String name) {
    NodeRuntime node = state.nodes().get(name);
    if (node == null) {
      throw new IllegalArgumentException("no such node: " + name);
    }
    return node;
  }

  private String newId() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return BaseEncoding.base16().lowerCase().encode(bytes);
  }

  @Override
  public void removeNode(String name) {
    state =
        new RuntimeState(
            state.catalog(),
            state.nodes().minus(name),
            state.sandboxes(),
            state.containers(),
            state.logs(),
            state.sessions());
  }

  @Override
  public String runPodSandbox(String node, PodSandboxConfig config) {
    NodeRuntime n = node(node);
    String ip = n.address();
    if (!config.hostNetwork()) {
      n = n.withLastHost(n.lastHost() + 1);
      put(n);
      ip = n.podPrefix() + n.lastHost();
    }
    String id = newId();
    put(new PodSandbox(id, node, config, ip, now, true));
    return id;
  }

  @Override
  public void stopPodSandbox(String id) {
    PodSandbox s = state.sandboxes().get(id);
    if (s != null) {
      containersOf(id).forEach(c -> signal(c.id(), Signal.SIGKILL));
      put(s.stopped());
    }
  }

  @Override
  public void removePodSandbox(String id) {
    stopPodSandbox(id);
    containersOf(id).forEach(c -> removeContainer(c.id()));
    state =
        new RuntimeState(
            state.catalog(),
            state.nodes(),
            state.sandboxes().minus(id),
            state.containers(),
            state.logs(),
            state.sessions());
  }

  @Override
  public Optional<PodSandbox> podSandbox(String id) {
    return Optional.ofNullable(state.sandboxes().get(id));
  }

  @Override
  public String createContainer(String sandboxId, ContainerConfig config) throws CriException {
    PodSandbox sandbox = state.sandboxes().get(sandboxId);
    if (sandbox == null) {
      throw new CriException(
          "rpc error: code = NotFound desc = failed to find sandbox id \""
              + sandboxId
              + "\": not found");
    }
    Optional<Image> image = resolve(config.image());
    if (image.isEmpty() || !isPresent(sandbox.node(), config.image())) {
      throw new CriException(
          "failed to create containerd container: error unpacking image: image \""
              + config.image()
              + "\": not found");
    }
    String id = newId();
    put(
        new ContainerStatus(
            id, sandboxId, config, image.get(), now, new ContainerState.Created(), 0, 0));
    return id;
  }

  @Override
  public void startContainer(String id) {
    ContainerStatus c = state.containers().get(id);
    if (c != null) {
      put(with(c, new ContainerState.Running(now)));
    }
  }

  private static ContainerStatus with(ContainerStatus c, ContainerState s) {
    return new ContainerStatus(
        c.id(),
        c.sandboxId(),
        c.config(),
        c.image(),
        c.createdAt(),
        s,
        c.cpuNanos(),
        c.memoryBytes());
  }

  @Override
  public void signal(String id, Signal signal) {
    ContainerStatus c = state.containers().get(id);
    if (c != null && c.state() instanceof ContainerState.Running(Instant startedAt)) {
      put(with(c, new ContainerState.Exited(startedAt, now, 128 + signal.number(), "Error", "")));
      events.add(new RuntimeEvent.ContainerExited(id));
    }
  }

  @Override
  public void removeContainer(String id) {
    state =
        new RuntimeState(
            state.catalog(),
            state.nodes(),
            state.sandboxes(),
            state.containers().minus(id),
            state.logs().minus(id),
            state.sessions());
  }

  @Override
  public Optional<ContainerStatus> containerStatus(String id) {
    return Optional.ofNullable(state.containers().get(id));
  }

  @Override
  public ImmutableList<ContainerStatus> containersOf(String sandboxId) {
    return state.containers().values().stream()
        .filter(c -> c.sandboxId().equals(sandboxId))
        .sorted(
            java.util.Comparator.comparing(ContainerStatus::createdAt)
                .thenComparing(ContainerStatus::id))
        .collect(ImmutableList.toImmutableList());
  }

  @Override
  public ContainerLog log(String id) {
    return state.logs().getOrDefault(id, ContainerLog.EMPTY);
  }

  @Override
  public Optional<byte[]> readFile(String id, String path, int max) {
    return Optional.empty();
  }

  @Override
  public String exec(String id, List<String> argv, boolean tty, boolean stdin) {
    String session = newId();
    put(new Session(session, id, Session.NOTHING, Session.NOTHING, 0));
    events.add(new RuntimeEvent.SessionEnded(session));
    return session;
  }

  @Override
  public String attach(String id, boolean stdin) {
    String session = newId();
    put(new Session(session, id, Session.NOTHING, Session.NOTHING, null));
    return session;
  }

  @Override
  public void writeStdin(String id, byte[] bytes) {}

  @Override
  public void closeStdin(String id) {}

  @Override
  public void resize(String id, int rows, int columns) {}

  @Override
  public byte[] read(String id, OutputStreamName stream) {
    return Session.NOTHING;
  }

  @Override
  public OptionalInt exitCode(String id) {
    Session s = state.sessions().get(id);
    return s == null || s.exitCode() == null ? OptionalInt.empty() : OptionalInt.of(s.exitCode());
  }

  @Override
  public void closeSession(String id) {
    state =
        new RuntimeState(
            state.catalog(),
            state.nodes(),
            state.sandboxes(),
            state.containers(),
            state.logs(),
            state.sessions().minus(id));
  }

  @Override
  public ImmutableList<RuntimeEvent> advance(int stepsMax) {
    return events.build();
  }

  @Override
  public boolean hasRunnable() {
    return !events.build().isEmpty();
  }

  @Override
  public Optional<Instant> nextWake() {
    return Optional.empty();
  }

  @Override
  public Optional<Image> resolve(String reference) {
    return state.catalog().resolve(reference);
  }

  @Override
  public Image pull(String reference) throws PullException {
    return state.catalog().pull(reference);
  }

  @Override
  public Duration pullDuration(Image image) {
    return Duration.ofMillis(400 + image.sizeBytes() / 20_000);
  }

  @Override
  public boolean isPresent(String node, String reference) {
    return node(node).images().contains(ImageReference.parse(reference).toString());
  }

  @Override
  public void addImage(String node, String reference) {
    put(
        node(node)
            .withImages(node(node).images().plus(ImageReference.parse(reference).toString())));
  }

  @Override
  public void removeImage(String node, String reference) {
    put(
        node(node)
            .withImages(node(node).images().minus(ImageReference.parse(reference).toString())));
  }

  @Override
  public boolean exists(String volume) {
    return unused.containsKey(volume);
  }

  @Override
  public void createEmpty(String volume, long limitBytes) {
    unused.put(volume, new HashSet<>());
  }

  @Override
  public void createHostPath(String volume, String node, String path, HostPathType type) {
    unused.put(volume, new HashSet<>());
  }

  @Override
  public void setContents(String volume, Map<String, VolumeFile> files) {
    unused.put(volume, new HashSet<>());
  }

  @Override
  public long usedBytes(String volume) {
    return 0;
  }

  @Override
  public void remove(String volume) {
    unused.remove(volume);
  }

  @Override
  public Connect connect(@Nullable String sandboxId, String host, int port) {
    return new Connect(Outcome.REFUSED, 0);
  }

  @Override
  public Connect connectLoopback(String sandboxId, int port) {
    return new Connect(Outcome.REFUSED, 0);
  }

  @Override
  public void send(long connection, byte[] bytes) {}

  @Override
  public void shutdownOutput(long connection) {}

  @Override
  public byte[] receive(long connection) {
    return Session.NOTHING;
  }

  @Override
  public boolean isAtEnd(long connection) {
    return true;
  }

  @Override
  public void close(long connection) {}

  @Override
  public boolean isListening(String sandboxId, int port) {
    return false;
  }

  @Override
  public void setService(String ip, int port, List<Backend> backends) {}

  @Override
  public void removeService(String ip, int port) {}

  @Override
  public void setName(String name, List<String> addresses) {}

  @Override
  public void removeName(String name) {}
}
