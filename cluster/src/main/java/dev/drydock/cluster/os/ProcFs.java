package dev.drydock.cluster.os;

import dev.drydock.cluster.os.Inode.Directory;
import dev.drydock.cluster.os.Inode.Regular;
import dev.drydock.cluster.os.Inode.Symlink;
import java.util.List;
import java.util.stream.Collectors;

/// /proc and /sys as a process sees them at one moment: an ordinary file system, made when it is
/// looked at.
final class ProcFs {
  static final String PROC = "proc";
  static final String SYS = "sysfs";

  /// What `free` and /proc/meminfo say a node has.
  static final long NODE_MEMORY_BYTES = 8L << 30;

  private ProcFs() {}

  static FileSystem proc(Kernel kernel, Process self) {
    var tree = new Tree(kernel, self);
    List<Process> all = kernel.processesOf(self.compartment);
    for (Process process : all) {
      int directory = tree.directory(FileSystem.ROOT, Integer.toString(process.pid));
      tree.file(directory, "cmdline", join(process.argv) + (process.argv.isEmpty() ? "" : "\0"));
      tree.file(directory, "comm", Kernel.commandName(process) + "\n");
      tree.file(directory, "environ", environ(process));
      tree.file(directory, "status", status(kernel, process));
      tree.file(directory, "stat", stat(kernel, process));
      tree.link(directory, "cwd", process.directory);
      int fds = tree.directory(directory, "fd");
      process.descriptors.forEach((fd, _) -> tree.link(fds, Integer.toString(fd), "/dev/null"));
    }
    tree.link(FileSystem.ROOT, "self", Integer.toString(self.pid));
    tree.link(FileSystem.ROOT, "mounts", "self/mounts");
    tree.file(tree.find(Integer.toString(self.pid)), "mounts", mounts(kernel, self));
    tree.file(FileSystem.ROOT, "meminfo", meminfo(kernel));
    tree.file(FileSystem.ROOT, "loadavg", "0.08 0.03 0.01 1/" + all.size() + " " + self.pid + "\n");
    tree.file(FileSystem.ROOT, "uptime", "3600.00 7000.00\n");
    tree.file(FileSystem.ROOT, "version", "Linux version 6.12.0 (drydock) #1 SMP\n");
    tree.file(FileSystem.ROOT, "cpuinfo", cpuinfo());
    return tree.fs;
  }

  static FileSystem sys(Kernel kernel, Process self) {
    Compartment c = kernel.compartment(self.compartment);
    var tree = new Tree(kernel, self);
    int group = tree.directory(tree.directory(FileSystem.ROOT, "fs"), "cgroup");
    long limit = c.memoryLimitBytes();
    tree.file(group, "memory.max", (limit == 0 ? "max" : Long.toString(limit)) + "\n");
    tree.file(group, "memory.current", c.heldBytes() + "\n");
    int cpu = c.cpuLimitMillis();
    tree.file(group, "cpu.max", (cpu == 0 ? "max" : Integer.toString(cpu * 100)) + " 100000\n");
    tree.file(group, "pids.max", Kernel.PROCESSES_PER_COMPARTMENT_MAX + "\n");
    tree.file(group, "pids.current", c.processes() + "\n");
    long micros = c.stepsUsed() * Kernel.STEP_NANOS / 1000;
    tree.file(group, "cpu.stat", "usage_usec " + micros + "\n");
    return tree.fs;
  }

  private static final class Tree {
    private final Kernel kernel;
    private final Process owner;
    private FileSystem fs;

    Tree(Kernel kernel, Process owner) {
      this.kernel = kernel;
      this.owner = owner;
      this.fs = FileSystem.empty(Long.MAX_VALUE, kernel.now(), 0555);
    }

    private Meta meta(int mode) {
      return new Meta(mode, owner.uid, owner.gid, kernel.now(), 1);
    }

    int directory(int parent, String name) {
      int number = fs.next();
      fs = fs.add(parent, name, Directory.empty(meta(0555).withLinks(2), parent), kernel.now());
      return number;
    }

    int find(String name) {
      Integer number = fs.directory(FileSystem.ROOT).entries().get(name);
      return number == null ? FileSystem.ROOT : number;
    }

    void file(int parent, String name, String text) {
      fs = fs.add(parent, name, new Regular(meta(0444), Content.of(text)), kernel.now());
    }

    void link(int parent, String name, String target) {
      fs = fs.add(parent, name, new Symlink(meta(0777), target), kernel.now());
    }
  }

  private static String join(List<String> argv) {
    return String.join("\0", argv);
  }

  private static String environ(Process process) {
    return process.env.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue() + "\0")
        .collect(Collectors.joining());
  }

  private static String status(Kernel kernel, Process process) {
    int uid = process.uid;
    return "Name:\t%s\nState:\t%s\nPid:\t%d\nPPid:\t%d\nUid:\t%d\t%d\t%d\t%d\nVmRSS:\t%8d kB\n"
        .formatted(
            Kernel.commandName(process),
            kernel.stateLetter(process).equals("S") ? "S (sleeping)" : "R (running)",
            process.pid,
            kernel.parentPid(process),
            uid,
            uid,
            uid,
            uid,
            (process.heldBytes + process.program.baseBytes()) / 1024);
  }

  private static String stat(Kernel kernel, Process process) {
    return process.pid
        + " ("
        + Kernel.commandName(process)
        + ") "
        + kernel.stateLetter(process)
        + " "
        + kernel.parentPid(process)
        + "\n";
  }

  static String mounts(Kernel kernel, Process self) {
    return kernel.compartment(self.compartment).mounts().values().stream()
        .sorted(java.util.Comparator.comparing(Mount::path))
        .map(m -> m.source() + " " + m.path() + " " + m.type() + " " + flags(m) + " 0 0\n")
        .collect(Collectors.joining());
  }

  static String flags(Mount mount) {
    return mount.readOnly() ? "ro,relatime" : "rw,relatime";
  }

  private static String meminfo(Kernel kernel) {
    long total = NODE_MEMORY_BYTES / 1024;
    long free = total - kernel.simulatedMemoryBytes() / 1024;
    return "MemTotal:       %8d kB\nMemFree:        %8d kB\nMemAvailable:   %8d kB\n"
        .formatted(total, free, free);
  }

  private static String cpuinfo() {
    return "processor\t: 0\nmodel name\t: Drydock\n\nprocessor\t: 1\nmodel name\t: Drydock\n\n";
  }
}
