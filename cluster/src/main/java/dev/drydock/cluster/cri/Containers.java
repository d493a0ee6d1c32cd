package dev.drydock.cluster.cri;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.image.Image;
import dev.drydock.cluster.image.ImageConfig;
import dev.drydock.cluster.os.ByteText;
import dev.drydock.cluster.os.Compartment;
import dev.drydock.cluster.os.Errno;
import dev.drydock.cluster.os.FileSystem;
import dev.drydock.cluster.os.FileTree;
import dev.drydock.cluster.os.Kernel;
import dev.drydock.cluster.os.Mount;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Sys;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// Containers: their file systems, mounts and processes.
///
/// Models containerd's CRI plugin and runc.
final class Containers {
  /// How much a container may write into its own file system.
  private static final long WRITABLE_BYTES_MAX = 128L << 20;

  private static final String START_FAILED =
      "failed to create containerd task: failed to create shim task: OCI runtime create failed:"
          + " runc create failed: unable to start container process: error during container init: ";
  private static final String EXEC_FAILED =
      "failed to exec in container: failed to start exec \"%s\": OCI runtime exec failed: exec"
          + " failed: unable to start container process: ";

  private final RuntimeWork work;

  Containers(RuntimeWork work) {
    this.work = work;
  }

  private static String key(String id) {
    return "container:" + id;
  }

  String create(PodSandbox sandbox, ContainerConfig config) throws CriException {
    Image image =
        work.catalog
            .resolve(config.image())
            .filter(i -> work.node(sandbox.node()).images().contains(i.reference().toString()))
            .orElseThrow(
                () ->
                    new CriException(
                        "failed to resolve image \"" + config.image() + "\": not found"));
    String id = work.newId();
    if (argv(image.config(), config).isEmpty()) {
      throw new CriException(
          "failed to generate container \"" + id + "\" spec: no command specified");
    }
    work.kernel.mountFileSystem(key(id), image.files().withRoom(WRITABLE_BYTES_MAX));
    try {
      work.kernel.addCompartment(compartment(id, sandbox, config));
    } catch (OsException e) {
      work.kernel.removeFileSystem(key(id), image.files().usedBytes());
      throw new CriException("failed to create containerd container: " + e.text());
    }
    var status =
        new ContainerStatus(
            id, sandbox.id(), config, image, work.now, new ContainerState.Created(), 0, 0);
    work.put(new ContainerRecord(status, work.containersCreated++, LogBuffer.EMPTY, 0, 0));
    return id;
  }

  private static ImmutableList<String> argv(ImageConfig image, ContainerConfig config) {
    var words = ImmutableList.<String>builder();
    boolean own = !config.command().isEmpty();
    (own ? config.command() : image.entrypoint()).forEach(w -> words.add(ByteText.ofText(w)));
    boolean args = own || !config.args().isEmpty();
    (args ? config.args() : image.cmd()).forEach(w -> words.add(ByteText.ofText(w)));
    return words.build();
  }

  // ---- file systems

  private Compartment compartment(String id, PodSandbox sandbox, ContainerConfig config)
      throws CriException {
    PMap<String, Mount> mounts = HashTreePMap.empty();
    mounts = plus(mounts, new Mount("/", key(id), FileSystem.ROOT, false, "overlay", "overlay"));
    mounts = plus(mounts, new Mount("/proc", "proc", FileSystem.ROOT, false, "proc", "proc"));
    mounts = plus(mounts, new Mount("/sys", "sysfs", FileSystem.ROOT, true, "sysfs", "sysfs"));
    put(id, sandbox, config, mounts);
    for (String file : List.of("hosts", "hostname", "resolv.conf")) {
      String files = Sandboxes.key(sandbox.id());
      int inode = new FileTree(fileSystem(files), work.now).lookup(file);
      mounts = graft(id, mounts, "/etc/" + file, files, inode, false, "/dev/vda1", "ext4");
      put(id, sandbox, config, mounts);
    }
    List<VolumeMount> ordered =
        config.mounts().stream()
            .sorted(java.util.Comparator.comparingInt(m -> m.mountPath().length()))
            .toList();
    for (VolumeMount mount : ordered) {
      mounts = mount(id, mounts, mount);
      put(id, sandbox, config, mounts);
    }
    if (config.readOnlyRootFilesystem()) {
      mounts = plus(mounts, new Mount("/", key(id), FileSystem.ROOT, true, "overlay", "overlay"));
    }
    return compartmentOf(id, sandbox, config, mounts);
  }

  private static PMap<String, Mount> plus(PMap<String, Mount> mounts, Mount mount) {
    return mounts.plus(mount.path(), mount);
  }

  private void put(
      String id, PodSandbox sandbox, ContainerConfig config, PMap<String, Mount> mounts) {
    work.kernel.addCompartment(compartmentOf(id, sandbox, config, mounts));
  }

  private static Compartment compartmentOf(
      String id, PodSandbox sandbox, ContainerConfig config, PMap<String, Mount> mounts) {
    return Compartment.of(
        id,
        Sandboxes.namespace(sandbox),
        Sandboxes.hostname(sandbox),
        mounts,
        config.memoryLimitBytes(),
        config.cpuLimitMillis());
  }

  private FileSystem fileSystem(String key) {
    FileSystem fs = work.kernel.fileSystemOrNull(key);
    if (fs == null) {
      throw new OsException(Errno.ENOENT);
    }
    return fs;
  }

  private PMap<String, Mount> mount(String id, PMap<String, Mount> mounts, VolumeMount mount)
      throws CriException {
    Volume volume = work.volumes.get(mount.volume());
    if (volume == null) {
      throw new CriException(
          "failed to generate container \"" + id + "\" spec: no volume " + mount.volume());
    }
    int root = volume.root();
    var tree = new FileTree(fileSystem(volume.fileSystem()), work.now);
    if (!mount.subPath().isEmpty()) {
      root = tree.resolve(volume.root(), ByteText.ofText(mount.subPath()));
      if (root == 0) {
        root = tree.directoryBelow(volume.root(), ByteText.ofText(mount.subPath()), 0750);
        work.kernel.mountFileSystem(volume.fileSystem(), tree.fileSystem());
      }
    }
    return graft(
        id,
        mounts,
        ByteText.ofText(mount.mountPath()),
        volume.fileSystem(),
        root,
        mount.readOnly(),
        volume.source(),
        volume.type());
  }

  /// Adds a mount, making what it is mounted on if need be.
  private PMap<String, Mount> graft(
      String id,
      PMap<String, Mount> mounts,
      String path,
      String fileSystem,
      int root,
      boolean readOnly,
      String source,
      String type) {
    Sys sys = work.kernel.outsider(id);
    boolean directory = new FileTree(fileSystem(fileSystem), work.now).isDirectory(root);
    if (!sys.exists(path)) {
      try {
        sys.makePath(directory ? path : path.substring(0, Math.max(1, path.lastIndexOf('/'))));
        if (!directory) {
          sys.writeFile(path, "", 0644);
        }
      } catch (OsException e) {
        if (e.errno() != Errno.EROFS && e.errno() != Errno.EEXIST) {
          throw e;
        }
      }
    }
    String real = sys.exists(path) ? sys.realPath(path) : path;
    return plus(mounts, new Mount(real, fileSystem, root, readOnly, source, type));
  }

  // ---- processes

  void start(ContainerRecord record) throws CriException {
    ContainerStatus status = record.status();
    ContainerConfig config = status.config();
    Sys sys = work.kernel.outsider(status.id());
    int terminal = config.tty() ? work.kernel.openTerminal(RuntimeWork.LOG + status.id()) : 0;
    int pipe = config.stdin() && !config.tty() ? work.kernel.openInputPipe() : 0;
    work.put(record.withInput(pipe, terminal));
    ImmutableList<String> argv = argv(status.image().config(), config);
    try {
      int[] user = user(sys, status);
      int _ =
          work.kernel.start(
              new Kernel.Start(
                  status.id(),
                  argv,
                  environment(sys, status, user[0]),
                  directory(sys, status),
                  user[0],
                  user[1],
                  RuntimeWork.LOG + status.id(),
                  pipe,
                  terminal));
      running(status.id());
    } catch (OsException e) {
      throw failed(status.id(), START_FAILED + execError(argv.get(0), e), 128);
    } catch (CriException e) {
      throw failed(status.id(), String.valueOf(e.getMessage()), 128);
    }
  }

  private void running(String id) {
    ContainerRecord record = work.containers.get(id);
    if (record != null) {
      work.put(record.with(new ContainerState.Running(work.now)));
    }
  }

  private CriException failed(String id, String message, int code) {
    ContainerRecord record = work.containers.get(id);
    if (record != null) {
      work.put(
          record.with(new ContainerState.Exited(work.now, work.now, code, "StartError", message)));
    }
    return new CriException(message);
  }

  /// What runc says about a program that cannot be executed.
  private static String execError(String program, OsException e) {
    String name = ByteText.toText(program);
    String reason =
        switch (e.errno()) {
          case ENOENT ->
              program.contains("/")
                  ? "stat " + name + ": no such file or directory"
                  : "executable file not found in $PATH";
          case EACCES -> "permission denied";
          case ENOEXEC -> "exec format error";
          default -> e.text().toLowerCase(java.util.Locale.ROOT);
        };
    return e.errno() == Errno.ENOEXEC
        ? "exec " + name + ": " + reason
        : "exec: \"" + name + "\": " + reason;
  }

  private static String directory(Sys sys, ContainerStatus status) {
    String own = status.config().workingDir();
    String directory = own.isEmpty() ? status.image().config().workingDir() : own;
    String path = directory.isEmpty() ? "/" : ByteText.ofText(directory);
    if (!sys.exists(path)) {
      sys.makePath(path);
    }
    return sys.realPath(path);
  }

  private static int[] user(Sys sys, ContainerStatus status) throws CriException {
    String given = status.config().user();
    String[] parts = (given == null ? status.image().config().user() : given).split(":", 2);
    if (parts[0].isEmpty()) {
      return new int[] {0, 0};
    }
    int uid = -1;
    int gid = 0;
    for (String line : passwd(sys)) {
      String[] fields = line.split(":");
      if (fields.length > 3 && (fields[0].equals(parts[0]) || fields[2].equals(parts[0]))) {
        uid = Integer.parseInt(fields[2]);
        gid = Integer.parseInt(fields[3]);
      }
    }
    if (uid < 0 && !parts[0].matches("[0-9]{1,9}")) {
      throw new CriException(
          "failed to generate container \""
              + status.id()
              + "\" spec: failed to generate user string: unable to find user "
              + parts[0]
              + ": no matching entries in passwd file");
    }
    uid = uid < 0 ? Integer.parseInt(parts[0]) : uid;
    boolean group = parts.length > 1 && parts[1].matches("[0-9]{1,9}");
    return new int[] {uid, group ? Integer.parseInt(parts[1]) : gid};
  }

  private static List<String> passwd(Sys sys) {
    try {
      return sys.readFile("/etc/passwd").lines().toList();
    } catch (OsException _) {
      return List.of();
    }
  }

  private static ImmutableMap<String, String> environment(
      Sys sys, ContainerStatus status, int uid) {
    Map<String, String> env = new LinkedHashMap<>();
    status.image().config().env().forEach((name, value) -> env.put(name, value));
    env.put("HOSTNAME", sys.hostname());
    if (status.config().tty()) {
      env.put("TERM", "xterm");
    }
    status.config().env().forEach((k, v) -> env.put(ByteText.ofText(k), ByteText.ofText(v)));
    String home =
        passwd(sys).stream()
            .map(line -> line.split(":"))
            .filter(f -> f.length > 5 && f[2].equals(Integer.toString(uid)))
            .map(f -> f[5])
            .findFirst()
            .orElse("/");
    env.putIfAbsent("HOME", home);
    return ImmutableMap.copyOf(env);
  }

  int exec(
      ContainerRecord record,
      String session,
      List<String> argv,
      boolean tty,
      int pipe,
      int terminal)
      throws CriException {
    ContainerStatus status = record.status();
    Sys sys = work.kernel.outsider(status.id());
    var words = argv.stream().map(ByteText::ofText).collect(ImmutableList.toImmutableList());
    try {
      int[] user = user(sys, status);
      Map<String, String> env = new LinkedHashMap<>(environment(sys, status, user[0]));
      if (tty) {
        env.put("TERM", "xterm");
      }
      return work.kernel.start(
          new Kernel.Start(
              status.id(),
              words,
              ImmutableMap.copyOf(env),
              directory(sys, status),
              user[0],
              user[1],
              RuntimeWork.SESSION + session,
              pipe,
              terminal));
    } catch (OsException e) {
      throw new CriException(EXEC_FAILED.formatted(session) + execError(words.get(0), e));
    }
  }

  /// Records the end of a container's main process.
  void ended(String id, int code, boolean outOfMemory) {
    ContainerRecord record = work.containers.get(id);
    if (record == null || !(record.status().state() instanceof ContainerState.Running running)) {
      return;
    }
    String reason = outOfMemory ? "OOMKilled" : code == 0 ? "Completed" : "Error";
    var exited = new ContainerState.Exited(running.startedAt(), work.now, code, reason, "");
    work.put(record.with(status(record)).with(record.log().flushed(work.now)).with(exited));
    work.events.add(new RuntimeEvent.ContainerExited(id));
  }

  /// The status with what is used now.
  ContainerStatus status(ContainerRecord record) {
    ContainerStatus s = record.status();
    Compartment compartment = work.kernel.compartmentOrNull(s.id());
    if (compartment == null || !(s.state() instanceof ContainerState.Running)) {
      return s;
    }
    return new ContainerStatus(
        s.id(),
        s.sandboxId(),
        s.config(),
        s.image(),
        s.createdAt(),
        s.state(),
        compartment.stepsUsed() * Kernel.STEP_NANOS,
        work.kernel.memoryBytes(s.id()) + filesInMemory(s));
  }

  /// What volumes in memory hold is charged to the first container of the pod that mounts them.
  private long filesInMemory(ContainerStatus container) {
    long bytes = 0;
    for (VolumeMount mount : container.config().mounts()) {
      Volume volume = work.volumes.get(mount.volume());
      if (volume != null && volume.charged() && isFirstToMount(container, mount.volume())) {
        FileSystem files = work.kernel.fileSystemOrNull(volume.fileSystem());
        bytes += files == null ? 0 : files.usedBytes();
      }
    }
    return bytes;
  }

  private boolean isFirstToMount(ContainerStatus container, String volume) {
    return work.containers.values().stream()
        .map(ContainerRecord::status)
        .filter(other -> other.sandboxId().equals(container.sandboxId()))
        .filter(other -> other.state() instanceof ContainerState.Running)
        .filter(other -> other.config().mounts().stream().anyMatch(m -> m.volume().equals(volume)))
        .min(Comparator.comparing(ContainerStatus::createdAt).thenComparing(ContainerStatus::id))
        .filter(first -> first.id().equals(container.id()))
        .isPresent();
  }

  long writtenBytes(ContainerRecord record) {
    FileSystem files = work.kernel.fileSystemOrNull(key(record.status().id()));
    long image = record.status().image().files().usedBytes();
    long written = files == null ? 0 : Math.max(0, files.usedBytes() - image);
    return written + record.log().log().bytes();
  }

  void remove(ContainerRecord record) {
    String id = record.status().id();
    work.kernel.removeCompartment(id);
    work.kernel.removeFileSystem(key(id), record.status().image().files().usedBytes());
    work.containers = work.containers.minus(id);
    work.samples = work.samples.minus(id);
  }
}
