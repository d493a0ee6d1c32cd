package dev.drydock.cluster.os;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.network.NetworkState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.pcollections.IntTreePMap;
import org.pcollections.PMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The kernel for the length of a step of the cluster's loop: it takes a {@link KernelState}, is
/// changed by the runtime and by the programs it runs, and gives the changed state.
///
/// Processes run one at a time, in turn, a bounded number of steps each. A step costs {@link
/// #STEP_NANOS} of CPU time; a container that has used its share of a period waits for the next, so
/// an endless loop uses CPU time of the cluster and never holds up the loop.
public final class Kernel {
  /// CPU time of one step of a program.
  public static final long STEP_NANOS = 20_000;

  /// The period of CPU quotas, as the kubelet's default.
  static final Duration PERIOD = Duration.ofMillis(100);

  static final int PROCESSES_PER_COMPARTMENT_MAX = 256;
  private static final int PROCESSES_MAX = 4096;

  /// What all programs of a cluster may really hold in this JVM, and one of them.
  private static final long MEMORY_MAX = 128L << 20;

  private static final long PROCESS_MEMORY_MAX = 64L << 20;

  /// What all writable files of a cluster may hold.
  private static final long DISK_MAX = 512L << 20;

  private static final int SEGMENTATION_FAULT = 11;
  private static final Logger LOG = LoggerFactory.getLogger(Kernel.class);
  private static final int QUANTUM = 100;
  private static final int DEFAULT_CPU_MILLIS = 1000;

  private PMap<String, FileSystem> fileSystems;
  private PMap<String, Compartment> compartments;
  private IntTreePMap<Process> processes;

  /// The processes by id while they are being changed; null before the first is looked for.
  private @Nullable TreeMap<Integer, Process> live;

  /// Ids of the processes that are copies of this kernel's own.
  private final Set<Integer> edited = new TreeSet<>();

  private NetworkState network;
  private long heldDiskBytes;
  private long heldMemoryBytes;
  private int nextId;
  private int turn;
  private final KernelState from;
  private final Instant now;
  private final RandomGenerator random;
  private final Programs programs;
  private final List<KernelEvent> events = new ArrayList<>();
  private final Vfs vfs = new Vfs(this);
  private final Descriptors descriptors;

  public Kernel(
      KernelState state, Instant now, RandomGenerator random, Programs programs, Outlet outlet) {
    this.from = state;
    this.fileSystems = state.fileSystems();
    this.compartments = state.compartments();
    this.processes = state.processes();
    this.network = state.network();
    this.heldDiskBytes = state.heldDiskBytes();
    this.heldMemoryBytes = state.heldMemoryBytes();
    this.nextId = state.nextId();
    this.turn = state.turn();
    this.now = now;
    this.random = random;
    this.programs = programs;
    this.descriptors = new Descriptors(this, state, outlet);
  }

  /// The state as it is now; the very one it came from if nothing has changed. Processes changed so
  /// far belong to it from here on.
  public KernelState state() {
    if (edited.isEmpty() && isUnchanged()) {
      return from;
    }
    for (int id : edited) {
      Process process = live().get(id);
      if (process != null) {
        processes = processes.plus(id, process);
      }
    }
    edited.clear();
    return new KernelState(
        fileSystems,
        compartments,
        processes,
        descriptors.files(),
        descriptors.pipes(),
        descriptors.terminals(),
        network,
        heldDiskBytes,
        heldMemoryBytes,
        nextId,
        turn);
  }

  private boolean isUnchanged() {
    return fileSystems == from.fileSystems()
        && compartments == from.compartments()
        && processes == from.processes()
        && descriptors.files() == from.files()
        && descriptors.pipes() == from.pipes()
        && descriptors.terminals() == from.terminals()
        && network == from.network()
        && nextId == from.nextId()
        && turn == from.turn();
  }

  Instant now() {
    return now;
  }

  RandomGenerator random() {
    return random;
  }

  Vfs vfs() {
    return vfs;
  }

  Descriptors descriptors() {
    return descriptors;
  }

  public NetworkState network() {
    return network;
  }

  public void setNetwork(NetworkState changed) {
    network = changed;
  }

  int newId() {
    return nextId++;
  }

  // ---- file systems

  public @Nullable FileSystem fileSystemOrNull(String key) {
    return fileSystems.get(key);
  }

  FileSystem fileSystem(String key) {
    FileSystem fs = fileSystems.get(key);
    if (fs == null) {
      throw new OsException(Errno.ENOENT);
    }
    return fs;
  }

  FileSystem fileSystem(String key, Process viewer) {
    return switch (key) {
      case ProcFs.PROC -> ProcFs.proc(this, viewer);
      case ProcFs.SYS -> ProcFs.sys(this, viewer);
      default -> fileSystem(key);
    };
  }

  /// Adds a file system or replaces it from outside; what it held before its creation is not
  /// counted.
  public void mountFileSystem(String key, FileSystem fs) {
    FileSystem old = fileSystems.get(key);
    heldDiskBytes += old == null ? 0 : fs.usedBytes() - old.usedBytes();
    fileSystems = fileSystems.plus(key, fs);
  }

  public void removeFileSystem(String key, long usedAtCreation) {
    FileSystem old = fileSystems.get(key);
    if (old != null) {
      heldDiskBytes -= old.usedBytes() - usedAtCreation;
      fileSystems = fileSystems.minus(key);
    }
  }

  void put(String key, FileSystem fs) {
    long held = heldDiskBytes + fs.usedBytes() - fileSystem(key).usedBytes();
    if (held > DISK_MAX && held > heldDiskBytes) {
      throw new OsException(Errno.ENOSPC);
    }
    heldDiskBytes = held;
    fileSystems = fileSystems.plus(key, fs);
  }

  void dropIfUnused(String key, int inode) {
    FileSystem fs = fileSystems.get(key);
    if (fs == null) {
      return;
    }
    Inode dropped = fs.inodes().get(inode);
    if (dropped != null && dropped.meta().links() <= 0 && !descriptors.isOpen(key, inode)) {
      put(key, fs.drop(inode));
    }
  }

  /// Inodes of a file system that are mounted somewhere by themselves.
  public Set<Integer> mountedInodes(String key) {
    Set<Integer> inodes = new HashSet<>();
    for (Compartment compartment : compartments.values()) {
      for (Mount mount : compartment.mounts().values()) {
        if (mount.fileSystem().equals(key)) {
          inodes.add(mount.root());
        }
      }
    }
    return inodes;
  }

  // ---- compartments and processes

  public void addCompartment(Compartment compartment) {
    compartments = compartments.plus(compartment.id(), compartment);
  }

  public @Nullable Compartment compartmentOrNull(String id) {
    return compartments.get(id);
  }

  Compartment compartment(String id) {
    Compartment compartment = compartments.get(id);
    if (compartment == null) {
      throw new IllegalStateException("no compartment " + id);
    }
    return compartment;
  }

  /// Kills what runs in the compartment and forgets it.
  public void removeCompartment(String id) {
    processesOf(id).forEach(p -> terminate(edit(p), 128 + Signals.KILL, Signals.KILL));
    processesOf(id).forEach(this::forget);
    compartments = compartments.minus(id);
  }

  private TreeMap<Integer, Process> live() {
    TreeMap<Integer, Process> known = live;
    if (known == null) {
      known = new TreeMap<>(processes);
      live = known;
    }
    return known;
  }

  @Nullable Process process(int id) {
    return live == null ? processes.get(id) : live().get(id);
  }

  /// The kernel's own copy of a process, which may be changed within this step.
  Process edit(Process process) {
    Process current = live().get(process.id);
    if (current == null || edited.contains(process.id)) {
      return current == null ? process : current;
    }
    Process copy = current.copy();
    add(copy);
    return copy;
  }

  private void add(Process process) {
    live().put(process.id, process);
    edited.add(process.id);
  }

  private List<Process> all() {
    return new ArrayList<>(live().values());
  }

  List<Process> processesOf(String compartment) {
    return all().stream()
        .filter(p -> p.compartment.equals(compartment))
        .sorted(Comparator.comparingInt(p -> p.pid))
        .toList();
  }

  int parentPid(Process process) {
    Process parent = process.parent == 0 ? null : process(process.parent);
    return parent == null ? 0 : parent.pid;
  }

  String stateLetter(Process process) {
    return process.zombie != null ? "Z" : process.stopped ? "T" : process.wait == null ? "R" : "S";
  }

  static String commandName(Process process) {
    String first = process.argv.isEmpty() ? "?" : process.argv.get(0);
    return first.substring(first.lastIndexOf('/') + 1);
  }

  /// How the runtime starts a process.
  ///
  /// @param sink where output goes; see {@link Outlet}
  /// @param inputPipe made by {@link #openInputPipe}; 0 for no input
  /// @param terminal 0 for none
  public record Start(
      String compartment,
      ImmutableList<String> argv,
      ImmutableMap<String, String> env,
      String directory,
      int uid,
      int gid,
      String sink,
      int inputPipe,
      int terminal) {}

  /// Starts a process from outside and answers its id; the first in a compartment is process 1.
  ///
  /// @throws OsException if the program cannot be executed
  public int start(Start start) {
    Compartment compartment = compartment(start.compartment());
    int pid = compartment.nextPid();
    Process process =
        new Process(newId(), pid, start.compartment(), new Starting(), start.argv(), now);
    process.directory = start.directory();
    process.uid = start.uid();
    process.gid = start.gid();
    process.terminal = start.terminal();
    Process executed = process.copy();
    executed.env = start.env();
    String path = Paths.which(vfs, executed, start.argv().get(0), start.env().get("PATH"));
    process.env = start.env();
    process.program = load(process, path, start.argv(), start.env(), 0);
    process.argv = start.argv();
    descriptors.openStandard(process, start.sink(), start.inputPipe(), start.terminal());
    add(process);
    int init = compartment.init() == 0 ? process.id : compartment.init();
    compartments = compartments.plus(compartment.id(), compartment.withProcess(1, pid + 1, init));
    return process.id;
  }

  /// A program that is never run: what a process has until its own is loaded.
  private record Starting() implements Program {
    @Override
    public Next step(Sys sys) {
      return new Next.Exit(127);
    }
  }

  private static final int INTERPRETERS_MAX = 4;

  /// Finds the program of an executable file.
  Program load(
      Process process,
      String path,
      ImmutableList<String> argv,
      ImmutableMap<String, String> env,
      int depth) {
    Vfs.Place place = vfs.existing(process, path, true);
    Inode inode = vfs.inode(process, place);
    if (!(inode instanceof Inode.Regular file)
        || !file.meta().allows(process.uid, process.gid, 1)) {
      throw new OsException(Errno.EACCES);
    }
    String head = file.content().read(0, 256);
    int line = head.indexOf('\n');
    int name = head.indexOf("drydock:");
    if (head.startsWith("\u007fELF") && name > 0 && line > name) {
      Program program = programs.start(head.substring(name + 8, line), argv, env);
      if (program != null) {
        return program;
      }
    }
    if (head.startsWith("#!") && depth < INTERPRETERS_MAX) {
      String[] words = head.substring(2, line < 0 ? head.length() : line).strip().split("\\s+", 2);
      var script = ImmutableList.<String>builder().add(words);
      script.add(path).addAll(argv.subList(Math.min(1, argv.size()), argv.size()));
      return load(process, words[0], script.build(), env, depth + 1);
    }
    throw new OsException(Errno.ENOEXEC);
  }

  /// Makes a child that shares the parent's open files.
  Process fork(Process parent, Program program) {
    Compartment compartment = compartment(parent.compartment);
    if (compartment.processes() >= PROCESSES_PER_COMPARTMENT_MAX
        || live().size() >= PROCESSES_MAX) {
      throw new OsException(Errno.EAGAIN);
    }
    Process child = parent.copyAs(newId(), compartment.nextPid(), now);
    child.parent = parent.id;
    child.program = program;
    descriptors.share(child);
    add(child);
    compartments =
        compartments.plus(
            compartment.id(),
            compartment.withProcess(1, compartment.nextPid() + 1, compartment.init()));
    return child;
  }

  /// Ends a process: its files are closed, its children go to process 1, its parent is told.
  void terminate(Process process, int status, int signal) {
    if (process.zombie != null) {
      return;
    }
    process.zombie = status;
    process.endedBy = signal;
    descriptors.closeAll(process);
    hold(process, 0, 0);
    Compartment compartment = compartment(process.compartment);
    if (compartment.init() == process.id) {
      endCompartment(process, status);
      return;
    }
    for (Process child : processesOf(process.compartment)) {
      if (child.parent == process.id) {
        edit(child).parent = compartment.init();
        if (child.zombie != null) {
          forget(child);
        }
      }
    }
    if (process.parent == 0) {
      events.add(new KernelEvent.ProcessEnded(process.id, status));
      forget(process);
      return;
    }
  }

  private boolean outOfMemory;

  private void endCompartment(Process init, int status) {
    for (Process other : processesOf(init.compartment)) {
      if (other.id != init.id) {
        Process own = edit(other);
        boolean entered = own.parent == 0 && own.zombie == null;
        own.zombie = 128 + Signals.KILL;
        descriptors.closeAll(own);
        hold(own, 0, 0);
        if (entered) {
          events.add(new KernelEvent.ProcessEnded(own.id, 128 + Signals.KILL));
        }
        forget(own);
      }
    }
    forget(init);
    events.add(new KernelEvent.CompartmentEnded(init.compartment, status, outOfMemory));
  }

  void forget(Process process) {
    Process known = live().remove(process.id);
    if (known == null) {
      return;
    }
    edited.remove(process.id);
    processes = processes.minus(process.id);
    Compartment compartment = compartments.get(process.compartment);
    if (compartment != null) {
      compartments =
          compartments.plus(
              compartment.id(),
              compartment.withProcess(-1, compartment.nextPid(), compartment.init()));
    }
  }

  /// A child that has ended, or null.
  ///
  /// @param child its id, or 0 for any
  @Nullable Process ended(Process parent, int child) {
    if (child != 0) {
      Process process = process(child);
      return process != null && process.zombie != null ? process : null;
    }
    return processesOf(parent.compartment).stream()
        .filter(p -> p.parent == parent.id && p.zombie != null)
        .findFirst()
        .orElse(null);
  }

  // ---- signals

  /// Sends a signal to process 1 of a compartment.
  public void signal(String compartment, int signal) {
    Compartment target = compartments.get(compartment);
    Process init = target == null ? null : process(target.init());
    if (init != null) {
      kill(init, signal, true);
    }
  }

  public void signalProcess(int id, int signal) {
    Process process = process(id);
    if (process != null) {
      kill(process, signal, true);
    }
  }

  /// Delivers a signal. To process 1 of a container nothing is done by default, except that one
  /// from outside can always kill it.
  void kill(Process target, int signal, boolean fromOutside) {
    if (target.zombie != null || signal == 0) {
      return;
    }
    Process process = edit(target);
    boolean init = compartment(process.compartment).init() == process.id;
    if (signal == Signals.KILL) {
      if (!init || fromOutside) {
        terminate(process, 128 + Signals.KILL, Signals.KILL);
      }
    } else if (signal == Signals.STOP) {
      process.stopped = process.stopped || !init || fromOutside;
    } else if (process.caught.contains(signal)) {
      process.pending = process.pending.plus(signal);
    } else if (signal == Signals.CONT) {
      process.stopped = false;
    } else if (!init && !process.ignored.contains(signal) && !Signals.ignoredByDefault(signal)) {
      terminate(process, 128 + signal, signal);
    }
  }

  // ---- memory

  /// Books what a program holds; kills the container when that is beyond its limit.
  private void account(Process process) {
    long held = process.program.heldBytes();
    if (held == process.heldBytes) {
      return;
    }
    hold(process, held, process.program.realBytes());
    Compartment compartment = compartment(process.compartment);
    long limit = compartment.memoryLimitBytes();
    boolean over = limit > 0 && compartment.heldBytes() > limit;
    if (over || heldMemoryBytes > MEMORY_MAX || process.realBytes > PROCESS_MEMORY_MAX) {
      killForMemory(process);
    }
  }

  /// Kills all of a container, as with `memory.oom.group`.
  void killForMemory(Process process) {
    outOfMemory = true;
    Process init = process(compartment(process.compartment).init());
    terminate(init == null ? process : edit(init), 128 + Signals.KILL, Signals.KILL);
    outOfMemory = false;
  }

  private void hold(Process process, long held, long real) {
    Compartment compartment = compartment(process.compartment);
    compartments =
        compartments.plus(
            compartment.id(),
            compartment.withHeldBytes(compartment.heldBytes() + held - process.heldBytes));
    heldMemoryBytes += real - process.realBytes;
    process.heldBytes = held;
    process.realBytes = real;
  }

  long simulatedMemoryBytes() {
    return compartments.values().stream().mapToLong(Compartment::heldBytes).sum();
  }

  /// What the programs of a compartment take, at rest and held.
  public long memoryBytes(String id) {
    return processesOf(id).stream().mapToLong(p -> p.heldBytes + p.program.baseBytes()).sum();
  }

  /// Whether the first process of a compartment is a steady program.
  public boolean isSteady(String id) {
    Compartment compartment = compartments.get(id);
    Process init = compartment == null ? null : process(compartment.init());
    return init != null && init.zombie == null && init.program.isSteady();
  }

  /// How many CPUs the processes of a compartment could use right now.
  public int busyThreads(String id) {
    return processesOf(id).stream()
        .filter(p -> p.zombie == null && !p.stopped && wants(p))
        .mapToInt(p -> p.program.threads())
        .sum();
  }

  /// Thousandths of a CPU that the programs of a compartment take at rest.
  public int restingCpuMillis(String id) {
    return processesOf(id).stream()
        .filter(p -> p.zombie == null)
        .mapToInt(p -> p.program.restingCpuMillis())
        .sum();
  }

  // ---- running

  public ImmutableList<KernelEvent> takeEvents() {
    var taken = ImmutableList.copyOf(events);
    events.clear();
    return taken;
  }

  /// Runs what can run, in turn, until nothing can or so many steps are done; answers how many.
  public int run(int stepsMax) {
    int done = 0;
    while (done < stepsMax) {
      Process next = nextReady().orElse(null);
      if (next == null) {
        break;
      }
      turn = next.id;
      done += run(edit(next), Math.min(QUANTUM, stepsMax - done));
    }
    return done;
  }

  public boolean hasReady() {
    return nextReady().isPresent();
  }

  /// The next process after the one whose turn it was.
  private Optional<Process> nextReady() {
    for (Process process : live().tailMap(turn, false).values()) {
      if (isReady(process)) {
        return Optional.of(process);
      }
    }
    for (Process process : live().headMap(turn, true).values()) {
      if (isReady(process)) {
        return Optional.of(process);
      }
    }
    return Optional.empty();
  }

  private boolean isReady(Process process) {
    return process.zombie == null
        && !process.stopped
        && wants(process)
        && !isThrottled(compartment(process.compartment));
  }

  private boolean wants(Process process) {
    if (!process.unsent.isEmpty()) {
      return descriptors.canWrite(process, process.unsent.get(0).descriptor());
    }
    Wait wait = process.wait;
    return wait == null
        || !process.pending.isEmpty()
        || (wait.deadline() != null && !now.isBefore(wait.deadline()))
        || (wait.child() && ended(process, 0) != null)
        || wait.readable().stream().anyMatch(fd -> descriptors.canRead(process, fd));
  }

  private boolean isThrottled(Compartment c) {
    return c.periodStart() != null
        && now.isBefore(c.periodStart().plus(PERIOD))
        && c.periodSteps() >= stepsPerPeriod(c);
  }

  private static long stepsPerPeriod(Compartment c) {
    int millis = c.cpuLimitMillis() == 0 ? DEFAULT_CPU_MILLIS : c.cpuLimitMillis();
    return Math.max(20, PERIOD.toNanos() / STEP_NANOS * millis / 1000);
  }

  private int run(Process process, int stepsMax) {
    int done = 0;
    while (done < stepsMax && process.zombie == null) {
      if (!descriptors.flush(process)) {
        break;
      }
      if (process.zombie != null) {
        break;
      }
      var sys = new Sys(this, process);
      Next next = step(process, sys);
      done += sys.cost();
      charge(process, sys.cost());
      if (process.zombie != null) {
        break;
      }
      switch (next) {
        case Next.Go(Program program) -> {
          process.program = program;
          process.wait = null;
        }
        case Next.Block(Program program, Wait until) -> {
          process.program = program;
          process.wait = until;
        }
        case Next.Exit(int code) -> {
          process.program = new Ending(code & 0xff);
          process.wait = null;
        }
      }
      account(process);
      if (process.zombie != null || process.wait != null && !wants(process)) {
        break;
      }
      Compartment compartment = compartments.get(process.compartment);
      if (compartment == null || isThrottled(compartment)) {
        break;
      }
    }
    return Math.max(1, done);
  }

  /// A step of a program. One that fails in a way it does not handle ends, and nothing else does.
  private static Next step(Process process, Sys sys) {
    try {
      return process.program.step(sys);
    } catch (OsException e) {
      return new Next.Exit(1);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.warn("A {} crashed", commandName(process), e);
      sys.die(SEGMENTATION_FAULT);
      return new Next.Exit(128 + SEGMENTATION_FAULT);
    }
  }

  /// Ends the process once its last output is gone.
  private record Ending(int code) implements Program {
    @Override
    public Next step(Sys sys) {
      sys.exit(code);
      return new Next.Exit(code);
    }
  }

  private void charge(Process process, int steps) {
    process.steps += steps;
    Compartment c = compartments.get(process.compartment);
    if (c == null) {
      return;
    }
    boolean fresh = c.periodStart() == null || !now.isBefore(c.periodStart().plus(PERIOD));
    compartments =
        compartments.plus(
            c.id(),
            c.withSteps(
                c.stepsUsed() + steps,
                fresh ? now : c.periodStart(),
                fresh ? steps : c.periodSteps() + steps));
  }

  /// The earliest moment after now at which a process is due.
  public Optional<Instant> nextWake() {
    Instant earliest = null;
    for (Process process : live().values()) {
      if (process.zombie != null || process.stopped) {
        continue;
      }
      Instant due = null;
      Compartment c = compartment(process.compartment);
      if (wants(process)) {
        due = isThrottled(c) && c.periodStart() != null ? c.periodStart().plus(PERIOD) : now;
      } else if (process.wait != null && process.unsent.isEmpty()) {
        due = process.wait.deadline();
      }
      if (due != null && (earliest == null || due.isBefore(earliest))) {
        earliest = due;
      }
    }
    return Optional.ofNullable(earliest);
  }

  // ---- what the runtime does at the edges

  /// A pipe whose writing end is outside; answers its id, for {@link Start#inputPipe()}.
  public int openInputPipe() {
    return descriptors.openInputPipe();
  }

  public void feedPipe(int pipe, String bytes) {
    descriptors.feed(pipe, bytes);
  }

  public void closePipe(int pipe) {
    descriptors.closeInput(pipe);
  }

  /// How much input the pipe takes before its reader has to catch up.
  public int pipeRoom(int pipe) {
    return descriptors.inputRoom(pipe);
  }

  /// A terminal whose other end is outside; answers its id.
  public int openTerminal(String sink) {
    return descriptors.openTerminal(sink);
  }

  public void type(int terminal, String bytes) {
    descriptors.type(terminal, bytes);
  }

  public void resizeTerminal(int terminal, int rows, int columns) {
    descriptors.resize(terminal, rows, columns);
    signalTerminal(terminal, Signals.WINCH);
  }

  public void hangUp(int terminal) {
    descriptors.hangUp(terminal);
    signalTerminal(terminal, Signals.HUP);
  }

  void signalTerminal(int terminal, int signal) {
    all().stream().filter(p -> p.terminal == terminal).forEach(p -> kill(p, signal, false));
  }

  /// A view of the files of a compartment as its root user, for the runtime.
  public Sys outsider(String compartment) {
    Process process = new Process(0, 0, compartment, new Starting(), ImmutableList.of(), now);
    return new Sys(this, process);
  }
}
