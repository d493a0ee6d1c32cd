package dev.drydock.cluster.os;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import dev.drydock.cluster.network.NetworkState;
import dev.drydock.cluster.network.NetworkState.Route;
import dev.drydock.cluster.os.Inode.Directory;
import dev.drydock.cluster.os.Inode.Regular;
import dev.drydock.cluster.os.Inode.Symlink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The system calls of one process during one step. Failing calls throw {@link OsException}.
public final class Sys {
  private final Kernel kernel;
  private final Process process;
  private int cost = 1;

  Sys(Kernel kernel, Process process) {
    this.kernel = kernel;
    this.process = process;
  }

  // ---- the process itself

  public Instant now() {
    return kernel.now();
  }

  /// A number below the bound.
  public int random(int bound) {
    return kernel.random().nextInt(bound);
  }

  public int pid() {
    return process.pid;
  }

  public int parentPid() {
    return kernel.parentPid(process);
  }

  public int uid() {
    return process.uid;
  }

  public int gid() {
    return process.gid;
  }

  public String directory() {
    return process.directory;
  }

  public ImmutableMap<String, String> env() {
    return process.env;
  }

  public int umask() {
    return process.umask;
  }

  public void setUmask(int mask) {
    process.umask = mask & 0777;
  }

  public String hostname() {
    return kernel.compartment(process.compartment).hostname();
  }

  /// Books more CPU time for this step than the one unit every step costs.
  public void charge(int units) {
    cost += units;
  }

  int cost() {
    return cost;
  }

  public void chdir(String path) {
    Vfs.Place place = kernel.vfs().existing(process, path, true);
    Inode inode = kernel.vfs().inode(process, place);
    if (!(inode instanceof Directory)) {
      throw new OsException(Errno.ENOTDIR);
    }
    if (!inode.meta().allows(process.uid, process.gid, 1)) {
      throw new OsException(Errno.EACCES);
    }
    process.directory = place.path();
  }

  /// Ends the container as the kernel's out-of-memory killer does.
  public void outOfMemory() {
    kernel.killForMemory(process);
  }

  void exit(int code) {
    kernel.terminate(process, code, 0);
  }

  /// Ends the process by a signal, as the default action of the signal does.
  public void die(int signal) {
    kernel.terminate(process, 128 + signal, signal);
  }

  // ---- processes

  /// Starts a child with the program, sharing this process's open files; answers its handle, which
  /// {@link #waitFor} takes. Its pid is {@link Child#pid}.
  public Child fork(Program program) {
    Process child = kernel.fork(process, program);
    return new Child(child.id, child.pid);
  }

  /// A child process.
  ///
  /// @param handle for {@link #waitFor}
  public record Child(int handle, int pid) {}

  /// How a child ended.
  ///
  /// @param status exit code, or 128 + n after signal n
  /// @param signal that ended it, or 0
  public record Ended(int handle, int pid, int status, int signal) {}

  /// Takes an ended child; null if none has ended.
  ///
  /// @param handle of the child, or 0 for any
  /// @throws OsException ECHILD if there is no such child
  public @Nullable Ended waitFor(int handle) {
    if (handle != 0) {
      Process child = kernel.process(handle);
      if (child == null || child.parent != process.id) {
        throw new OsException(Errno.ECHILD);
      }
    }
    Process ended = kernel.ended(process, handle);
    if (ended == null || ended.zombie == null) {
      return null;
    }
    kernel.forget(ended);
    return new Ended(ended.id, ended.pid, ended.zombie, ended.endedBy);
  }

  /// Replaces the program of this process: give {@link Next.Go} with what this answers.
  ///
  /// @throws OsException ENOENT, EACCES or ENOEXEC
  public Program exec(String name, List<String> argv, ImmutableMap<String, String> env) {
    String path = Paths.which(kernel.vfs(), process, name, env.get("PATH"));
    var words = ImmutableList.copyOf(argv);
    Program program = kernel.load(process, path, words, env, 0);
    kernel.descriptors().closeForExec(process);
    process.argv = words;
    process.env = env;
    process.caught = process.caught.minusAll(process.caught);
    process.pending = process.pending.minusAll(process.pending);
    return program;
  }

  /// The path execvp would run.
  public String which(String name, @Nullable String path) {
    return Paths.which(kernel.vfs(), process, name, path);
  }

  /// Names this process, for `ps`.
  public void setArgv(List<String> argv) {
    process.argv = ImmutableList.copyOf(argv);
  }

  /// What `ps` shows of a process.
  public record ProcessInfo(
      int pid,
      int parent,
      int uid,
      ImmutableList<String> argv,
      String state,
      long memoryBytes,
      long cpuNanos,
      Instant startedAt) {}

  /// The processes of the container, by pid.
  public ImmutableList<ProcessInfo> processes() {
    return kernel.processesOf(process.compartment).stream()
        .map(
            p ->
                new ProcessInfo(
                    p.pid,
                    kernel.parentPid(p),
                    p.uid,
                    p.argv,
                    p == process ? "R" : kernel.stateLetter(p),
                    p.heldBytes + p.program.baseBytes(),
                    p.steps * Kernel.STEP_NANOS,
                    p.startedAt))
        .collect(ImmutableList.toImmutableList());
  }

  // ---- signals

  /// @throws OsException ESRCH or EPERM
  public void kill(int pid, int signal) {
    List<Process> targets =
        kernel.processesOf(process.compartment).stream()
            .filter(p -> pid < 0 ? p.pid > 1 && p.id != process.id : p.pid == pid)
            .toList();
    if (targets.isEmpty()) {
      throw new OsException(Errno.ESRCH);
    }
    for (Process target : targets) {
      if (process.uid != 0 && process.uid != target.uid) {
        throw new OsException(Errno.EPERM);
      }
      kernel.kill(target, signal, false);
    }
  }

  public void catchSignal(int signal) {
    process.caught = process.caught.plus(signal);
    process.ignored = process.ignored.minus(signal);
  }

  public void ignoreSignal(int signal) {
    process.ignored = process.ignored.plus(signal);
    process.caught = process.caught.minus(signal);
  }

  public void defaultSignal(int signal) {
    process.ignored = process.ignored.minus(signal);
    process.caught = process.caught.minus(signal);
  }

  public Set<Integer> pendingSignals() {
    return process.pending;
  }

  /// Takes a pending signal; 0 if there is none.
  public int takeSignal() {
    int first = process.pending.stream().mapToInt(s -> s).min().orElse(0);
    process.pending = process.pending.minus(first);
    return first;
  }

  // ---- descriptors

  /// At most max bytes; empty at the end of the file; null if the process has to wait.
  public @Nullable String read(int fd, int max) {
    return kernel.descriptors().read(process, fd, max, false);
  }

  /// As {@link #read}, and not beyond a newline, so that the rest stays for others.
  public @Nullable String readLine(int fd, int max) {
    return kernel.descriptors().read(process, fd, max, true);
  }

  /// Writes all of it. What there is no room for now is kept, and the process does not run on
  /// before it is gone. A pipe without readers ends the process.
  public void write(int fd, String bytes) {
    kernel.descriptors().send(process, fd, bytes);
    if (kernel.descriptors().leadsOut(process, fd)) {
      charge((int) (bytes.length() / 256 + bytes.chars().filter(c -> c == '\n').count() / 4));
    }
  }

  /// True if a write to the descriptor would be kept for later.
  public boolean isBacklogged() {
    return !process.unsent.isEmpty();
  }

  public void close(int fd) {
    kernel.descriptors().close(process, fd);
  }

  public boolean isOpen(int fd) {
    return process.descriptors.containsKey(fd);
  }

  /// Makes the target another name of the descriptor.
  public void dup2(int fd, int target) {
    int _ = kernel.descriptors().duplicate(process, fd, target, true);
  }

  /// Another name of the descriptor, from 10 on, which exec closes.
  public int dupAbove(int fd) {
    return kernel.descriptors().duplicate(process, fd, Process.CLOSED_BY_EXEC, false);
  }

  /// A new pipe: reading and writing end.
  public int[] pipe() {
    return kernel.descriptors().openPipe(process);
  }

  public boolean isTerminal(int fd) {
    return process.descriptors.containsKey(fd)
        && kernel.descriptors().file(process, fd) instanceof OpenFile.TerminalEnd;
  }

  /// Rows and columns of the terminal; 24 and 80 without one.
  public int[] terminalSize() {
    if (process.terminal == 0) {
      return new int[] {24, 80};
    }
    Terminal terminal = kernel.descriptors().terminal(process.terminal);
    return new int[] {terminal.rows(), terminal.columns()};
  }

  public void setRawTerminal(boolean raw) {
    if (process.terminal != 0) {
      kernel.descriptors().setRaw(process.terminal, raw);
    }
  }

  /// How a file is opened.
  public enum Open {
    READ,
    WRITE,
    APPEND,
    READ_WRITE,
    /// As WRITE, but fails with EEXIST if there is such a file.
    EXCLUSIVE,
    /// As WRITE, keeping what the file holds.
    UPDATE
  }

  public int open(String path, Open how) {
    return open(path, how, 0666);
  }

  public int open(String path, Open how, int mode) {
    return open(path, how, mode, 0);
  }

  public int open(String path, Open how, int mode, int lowest) {
    return kernel.descriptors().open(process, opened(path, how, mode), lowest);
  }

  private OpenFile opened(String path, Open how, int mode) {
    OpenFile special = special(path);
    if (special != null) {
      return special;
    }
    Vfs vfs = kernel.vfs();
    Vfs.Place place = vfs.resolve(process, path, true);
    boolean writes = how != Open.READ;
    if (!place.exists()) {
      if (!writes) {
        throw new OsException(Errno.ENOENT);
      }
      place = vfs.create(process, place, new Regular(vfs.meta(process, mode), Content.EMPTY));
    } else if (how == Open.EXCLUSIVE) {
      throw new OsException(Errno.EEXIST);
    }
    return switch (vfs.inode(process, place)) {
      case Directory _ -> throw new OsException(Errno.EISDIR);
      case Inode.Device(_, Inode.DeviceKind kind) -> device(kind);
      case Inode.Synthetic _, Symlink _ -> throw new OsException(Errno.ENOENT);
      case Regular file -> openRegular(place, file, how);
    };
  }

  private OpenFile openRegular(Vfs.Place place, Regular file, Open how) {
    boolean writes = how != Open.READ;
    boolean reads = how == Open.READ || how == Open.READ_WRITE;
    if (writes) {
      Vfs.requireWritable(place);
    }
    int bits = (reads ? 4 : 0) | (writes ? 2 : 0);
    if (!file.meta().allows(process.uid, process.gid, bits)) {
      throw new OsException(Errno.EACCES);
    }
    String fs = place.mount().fileSystem();
    if (fs.equals(ProcFs.PROC) || fs.equals(ProcFs.SYS)) {
      if (writes) {
        throw new OsException(Errno.EACCES);
      }
      return new OpenFile.Text(file.content().all(), 0);
    }
    if (how == Open.WRITE && file.content().size() > 0) {
      kernel.vfs().write(fs, place.inode(), Content.EMPTY);
    }
    return new OpenFile.File(fs, place.inode(), place.path(), 0, reads, writes, how == Open.APPEND);
  }

  private OpenFile device(Inode.DeviceKind kind) {
    return kind == Inode.DeviceKind.TTY && process.terminal != 0
        ? new OpenFile.TerminalEnd(process.terminal)
        : new OpenFile.Device(kind);
  }

  /// The names of open descriptors: /dev/stdout and /proc/1/fd/1 lead to the same open file.
  private @Nullable OpenFile special(String path) {
    return switch (path) {
      case "/dev/stdin" -> kernel.descriptors().file(process, 0);
      case "/dev/stdout" -> duplicable(process, 1);
      case "/dev/stderr" -> duplicable(process, 2);
      default -> {
        if (!path.startsWith("/proc/") && !path.startsWith("/dev/fd/")) {
          yield null;
        }
        String rest =
            path.startsWith("/dev/fd/") ? "self/fd/" + path.substring(8) : path.substring(6);
        int at = rest.indexOf("/fd/");
        if (at < 0 || !rest.substring(at + 4).matches("[0-9]{1,4}")) {
          yield null;
        }
        String pid = rest.substring(0, at);
        Process target =
            pid.equals("self")
                ? process
                : kernel.processesOf(process.compartment).stream()
                    .filter(p -> Integer.toString(p.pid).equals(pid))
                    .findFirst()
                    .orElseThrow(() -> new OsException(Errno.ENOENT));
        yield duplicable(target, Integer.parseInt(rest.substring(at + 4)));
      }
    };
  }

  private OpenFile duplicable(Process owner, int fd) {
    OpenFile file = kernel.descriptors().file(owner, fd);
    if (file instanceof OpenFile.PipeEnd || file instanceof OpenFile.Socket) {
      throw new OsException(Errno.EACCES);
    }
    return file;
  }

  public long seek(int fd, long offset) {
    if (!(kernel.descriptors().file(process, fd) instanceof OpenFile.File file)) {
      throw new OsException(Errno.EINVAL);
    }
    kernel.descriptors().replace(process, fd, file.at(offset));
    return offset;
  }

  // ---- files

  /// What stat tells of a path.
  ///
  /// @param target of a symbolic link, else empty
  /// @param number of the inode
  public record Stat(
      Kind kind, Meta meta, long size, String target, String fileSystem, int number) {
    public boolean isDirectory() {
      return kind == Kind.DIRECTORY;
    }
  }

  public enum Kind {
    FILE,
    DIRECTORY,
    LINK,
    DEVICE
  }

  public Stat stat(String path) {
    return stat(path, true);
  }

  public Stat lstat(String path) {
    return stat(path, false);
  }

  private Stat stat(String path, boolean follow) {
    Vfs.Place place = kernel.vfs().existing(process, path, follow);
    return stat(place, kernel.vfs().inode(process, place));
  }

  private static Stat stat(Vfs.Place place, Inode inode) {
    String fs = place.mount().fileSystem();
    return switch (inode) {
      case Regular(Meta meta, Content content) ->
          new Stat(Kind.FILE, meta, content.size(), "", fs, place.inode());
      case Directory directory ->
          new Stat(Kind.DIRECTORY, directory.meta(), 4096, "", fs, place.inode());
      case Symlink(Meta meta, String target) ->
          new Stat(Kind.LINK, meta, target.length(), target, fs, place.inode());
      case Inode.Device device -> new Stat(Kind.DEVICE, device.meta(), 0, "", fs, place.inode());
      case Inode.Synthetic synthetic ->
          new Stat(Kind.FILE, synthetic.meta(), 0, "", fs, place.inode());
    };
  }

  public boolean exists(String path) {
    return statOrNull(path, true) != null;
  }

  public @Nullable Stat statOrNull(String path, boolean follow) {
    try {
      return stat(path, follow);
    } catch (OsException _) {
      return null;
    }
  }

  /// True if the process may read (4), write (2) or execute (1).
  public boolean access(String path, int bits) {
    try {
      Vfs.Place place = kernel.vfs().existing(process, path, true);
      Inode inode = kernel.vfs().inode(process, place);
      return inode.meta().allows(process.uid, process.gid, bits)
          && ((bits & 2) == 0 || !place.mount().readOnly());
    } catch (OsException _) {
      return false;
    }
  }

  /// The names in a directory, sorted, without `.` and `..`.
  public ImmutableList<String> list(String path) {
    Vfs.Place place = kernel.vfs().existing(process, path, true);
    if (!(kernel.vfs().inode(process, place) instanceof Directory directory)) {
      throw new OsException(Errno.ENOTDIR);
    }
    if (!directory.meta().allows(process.uid, process.gid, 4)) {
      throw new OsException(Errno.EACCES);
    }
    charge(directory.entries().size() / 16);
    return ImmutableList.copyOf(directory.entries().keySet());
  }

  /// The path without links, `.` and `..`.
  public String realPath(String path) {
    return kernel.vfs().existing(process, path, true).path();
  }

  /// A whole file.
  public String readFile(String path) {
    int fd = open(path, Open.READ);
    try {
      var out = new StringBuilder();
      String piece = read(fd, 1 << 20);
      while (piece != null && !piece.isEmpty()) {
        out.append(piece);
        charge(piece.length() / 4096);
        if (out.length() > 64 << 20) {
          throw new OsException(Errno.EFBIG);
        }
        piece = read(fd, 1 << 20);
      }
      return out.toString();
    } finally {
      close(fd);
    }
  }

  public void writeFile(String path, String bytes, int mode) {
    int fd = open(path, Open.WRITE, mode);
    try {
      write(fd, bytes);
    } finally {
      close(fd);
    }
  }

  public void mkdir(String path, int mode) {
    kernel.vfs().mkdir(process, Paths.strip(path), mode);
  }

  /// Makes a directory with those above it.
  public void makePath(String path) {
    for (int at = 1; at > 0 && at <= path.length(); ) {
      int slash = path.indexOf('/', at);
      String part = slash < 0 ? path : path.substring(0, slash);
      if (!part.isEmpty() && !exists(part)) {
        mkdir(part, 0755);
      }
      at = slash + 1;
    }
  }

  public void unlink(String path) {
    kernel.vfs().unlink(process, path);
  }

  public void rmdir(String path) {
    kernel.vfs().rmdir(process, Paths.strip(path));
  }

  public void rename(String from, String to) {
    kernel.vfs().rename(process, from, to);
  }

  public void link(String existing, String path) {
    kernel.vfs().link(process, existing, path);
  }

  public void symlink(String target, String path) {
    Vfs vfs = kernel.vfs();
    Vfs.Place place = vfs.resolve(process, path, false);
    Meta meta = new Meta(0777, process.uid, process.gid, now(), 1);
    Vfs.Place _ = vfs.create(process, place, new Symlink(meta, target));
  }

  public void chmod(String path, int mode) {
    kernel.vfs().change(process, path, true, meta -> meta.withMode(mode));
  }

  public void chown(String path, int uid, int gid, boolean follow) {
    if (process.uid != 0) {
      throw new OsException(Errno.EPERM);
    }
    kernel.vfs().change(process, path, follow, meta -> meta.withOwner(uid, gid));
  }

  public void setModified(String path, Instant time) {
    kernel.vfs().change(process, path, true, meta -> meta.withModified(time));
  }

  public void truncate(String path, long size) {
    Vfs.Place place = kernel.vfs().existing(process, path, true);
    Vfs.requireWritable(place);
    if (kernel.vfs().inode(process, place) instanceof Regular file) {
      if (size > 256L << 20) {
        throw new OsException(Errno.EFBIG);
      }
      String fs = place.mount().fileSystem();
      kernel.vfs().write(fs, place.inode(), file.content().truncate(size));
    }
  }

  public ImmutableList<Mount> mounts() {
    return ImmutableSortedMap.copyOf(kernel.compartment(process.compartment).mounts())
        .values()
        .asList();
  }

  /// The mount a path is on.
  public Mount mountOf(String path) {
    return kernel.vfs().existing(process, path, true).mount();
  }

  /// Bytes used and allowed on a mount.
  public long[] usage(Mount mount) {
    FileSystem fs = kernel.fileSystem(mount.fileSystem(), process);
    return new long[] {fs.usedBytes(), Math.max(fs.usedBytes(), fs.limitBytes())};
  }

  /// Memory of the node: total and used by containers.
  public long[] nodeMemory() {
    return new long[] {ProcFs.NODE_MEMORY_BYTES, kernel.simulatedMemoryBytes()};
  }

  // ---- network

  /// Listens on a port; answers a descriptor for {@link #accept}.
  ///
  /// @throws OsException EADDRINUSE, or EACCES below 1024 without root
  public int listen(String address, int port) {
    NetworkState network = kernel.network();
    String namespace = namespace();
    if (!network.isFree(namespace, port)) {
      throw new OsException(Errno.EADDRINUSE);
    }
    int id = network.nextListener();
    kernel.setNetwork(network.listen(namespace, address, port, Kernel.commandName(process)));
    return kernel.descriptors().open(process, new OpenFile.Listening(id));
  }

  private String namespace() {
    return kernel.compartment(process.compartment).network();
  }

  /// Takes a waiting connection; -1 if there is none.
  public int accept(int listener) {
    if (!(kernel.descriptors().file(process, listener) instanceof OpenFile.Listening(int id))) {
      throw new OsException(Errno.EINVAL);
    }
    var waiting = kernel.network().listeners().get(id);
    if (waiting == null || waiting.backlog().isEmpty()) {
      return -1;
    }
    long connection = waiting.backlog().get(0);
    int fd = kernel.descriptors().open(process, new OpenFile.Socket(connection, false));
    kernel.setNetwork(kernel.network().accepted(id));
    return fd;
  }

  /// Connects and answers a descriptor.
  ///
  /// @throws OsException ECONNREFUSED, or ETIMEDOUT where nobody answers: the program is to wait
  ///   out its own timeout before it says so
  public int connect(String ip, int port) {
    NetworkState network = kernel.network();
    String from = namespace();
    return switch (network.route(from, ip, port)) {
      case Route.Refused _ -> throw new OsException(Errno.ECONNREFUSED);
      case Route.Nowhere _ -> throw new OsException(Errno.ETIMEDOUT);
      case Route.To to -> {
        String source =
            NetworkState.isLoopback(to.address()) ? "127.0.0.1" : network.addressOf(from);
        long id = network.nextConnection();
        kernel.setNetwork(network.connect(from, source, to));
        yield kernel.descriptors().open(process, new OpenFile.Socket(id, true));
      }
    };
  }

  /// No more will be written to the connection.
  public void shutdownOutput(int fd) {
    if (kernel.descriptors().file(process, fd) instanceof OpenFile.Socket(long id, boolean c)) {
      kernel.setNetwork(kernel.network().shutdownOutput(id, c));
    }
  }

  /// Address and port of the other side, as `ip:port`.
  public String peer(int fd) {
    if (kernel.descriptors().file(process, fd) instanceof OpenFile.Socket(long id, boolean c)) {
      var connection = kernel.network().connections().get(id);
      if (connection != null) {
        return connection.end(!c).address() + ":" + connection.end(!c).port();
      }
    }
    throw new OsException(Errno.ENOTCONN);
  }

  /// Address of this container on the network.
  public String address() {
    return kernel.network().addressOf(namespace());
  }

  /// True if something answers at the address (for ping).
  public boolean isReachable(String ip) {
    return NetworkState.isLoopback(ip) || kernel.network().namespaces().containsKey(ip);
  }

  /// Ports that are listened on in this network namespace, with the listening program.
  public ImmutableList<String> listening() {
    return kernel.network().listeners().values().stream()
        .filter(l -> l.namespace().equals(namespace()))
        .map(l -> l.address() + ":" + l.port() + " " + l.owner())
        .collect(ImmutableList.toImmutableList());
  }

  /// A name with the addresses it was found for, as the resolver found it.
  public record Lookup(String name, ImmutableList<String> addresses) {}

  /// Looks a name up as the C library does: /etc/hosts, then the servers of /etc/resolv.conf with
  /// its search list. Null if there is no such name.
  public @Nullable Lookup lookup(String name) {
    if (isAddress(name)) {
      return new Lookup(name, ImmutableList.of(name));
    }
    for (String line : linesOf("/etc/hosts")) {
      List<String> words = List.of(line.strip().split("\\s+"));
      if (words.subList(1, words.size()).contains(name) && isAddress(words.get(0))) {
        return new Lookup(name, ImmutableList.of(words.get(0)));
      }
    }
    for (String candidate : candidates(name)) {
      Lookup found = query(candidate);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /// Asks the cluster's DNS for one fully qualified name.
  public @Nullable Lookup query(String name) {
    var addresses = kernel.network().names().get(stripDot(name).toLowerCase(java.util.Locale.ROOT));
    boolean served = nameServers().stream().anyMatch(s -> isServed(s));
    return addresses == null || addresses.isEmpty() || !served
        ? null
        : new Lookup(stripDot(name), ImmutableList.copyOf(addresses));
  }

  /// True if a DNS server answers at the address.
  public boolean isServed(String server) {
    var backends = kernel.network().services().get(server + ":53");
    return backends != null && !backends.isEmpty();
  }

  private static String stripDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  public ImmutableList<String> nameServers() {
    return resolvConf("nameserver");
  }

  /// The names to try, in order, as the search list and ndots say.
  public ImmutableList<String> candidates(String name) {
    if (name.endsWith(".")) {
      return ImmutableList.of(name);
    }
    int ndots =
        resolvConf("options").stream()
            .filter(o -> o.matches("ndots:[0-9]{1,2}"))
            .mapToInt(o -> Integer.parseInt(o.substring(6)))
            .findFirst()
            .orElse(1);
    List<String> names = new ArrayList<>();
    resolvConf("search").forEach(domain -> names.add(name + "." + domain));
    IntPredicate dot = c -> c == '.';
    boolean absoluteFirst = name.chars().filter(dot).count() >= ndots;
    names.add(absoluteFirst ? 0 : names.size(), name);
    return ImmutableList.copyOf(names);
  }

  private ImmutableList<String> resolvConf(String keyword) {
    return linesOf("/etc/resolv.conf").stream()
        .map(line -> List.of(line.strip().split("\\s+")))
        .filter(words -> words.get(0).equals(keyword))
        .flatMap(words -> words.stream().skip(1))
        .collect(ImmutableList.toImmutableList());
  }

  private List<String> linesOf(String path) {
    try {
      return readFile(path)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .collect(Collectors.toList());
    } catch (OsException _) {
      return List.of();
    }
  }

  /// True for a dotted IPv4 address.
  public static boolean isAddress(String text) {
    return text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}") || text.equals("::1");
  }
}
