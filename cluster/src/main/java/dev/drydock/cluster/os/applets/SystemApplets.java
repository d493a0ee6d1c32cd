package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Paths;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Signals;
import dev.drydock.cluster.os.Sys;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Programs about the machine, its processes and its users. Model busybox coreutils and procps.
final class SystemApplets {
  private SystemApplets() {}

  static int date(Io io, ImmutableList<String> argv) {
    Options options = Options.parse(argv, "uRI:d:D:r:s:");
    if (!options.error().isEmpty()) {
      boolean iso = argv.contains("-I") || argv.contains("-Iseconds");
      if (!iso) {
        return options.complain(io);
      }
    }
    Instant time = io.sys().now();
    if (options.has("d")) {
      Instant given = FileApplets.parseTime(options.value("d", ""));
      if (given == null) {
        io.err("date: invalid date '" + options.value("d", "") + "'");
        return 1;
      }
      time = given;
    } else if (options.has("r")) {
      time = io.sys().stat(options.value("r", "")).meta().modified();
    } else if (options.has("s")) {
      io.err("date: can't set date: Operation not permitted");
      return 1;
    }
    String format = options.operands().isEmpty() ? "" : options.operands().get(0);
    if (!format.isEmpty() && !format.startsWith("+")) {
      io.err("date: invalid date '" + format + "'");
      return 1;
    }
    if (options.has("R")) {
      format = "+%a, %d %b %Y %H:%M:%S +0000";
    } else if (argv.stream().anyMatch(w -> w.startsWith("-I"))) {
      boolean seconds = argv.stream().anyMatch(w -> w.startsWith("-Is"));
      format = seconds ? "+%Y-%m-%dT%H:%M:%S+0000" : "+%Y-%m-%d";
    }
    String shape = format.isEmpty() ? "%a %b %e %H:%M:%S UTC %Y" : format.substring(1);
    io.line(strftime(shape, time));
    return 0;
  }

  static String strftime(String format, Instant time) {
    ZonedDateTime t = time.atZone(ZoneOffset.UTC);
    var out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 >= format.length()) {
        out.append(c);
        continue;
      }
      char letter = format.charAt(++i);
      if (letter == '-' && i + 1 < format.length()) {
        out.append(strftime("%" + format.charAt(++i), time).replaceFirst("^[0 ](?=.)", ""));
        continue;
      }
      switch (letter) {
        case 'a' -> out.append(pattern("EEE", t));
        case 'A' -> out.append(pattern("EEEE", t));
        case 'b', 'h' -> out.append(pattern("MMM", t));
        case 'B' -> out.append(pattern("MMMM", t));
        case 'c' -> out.append(strftime("%a %b %e %H:%M:%S %Y", time));
        case 'C' -> out.append("%02d".formatted(t.getYear() / 100));
        case 'd' -> out.append(pattern("dd", t));
        case 'D' -> out.append(pattern("MM/dd/yy", t));
        case 'e' -> out.append("%2d".formatted(t.getDayOfMonth()));
        case 'F' -> out.append(pattern("yyyy-MM-dd", t));
        case 'H' -> out.append(pattern("HH", t));
        case 'I' -> out.append(pattern("hh", t));
        case 'j' -> out.append(pattern("DDD", t));
        case 'm' -> out.append(pattern("MM", t));
        case 'M' -> out.append(pattern("mm", t));
        case 'n' -> out.append('\n');
        case 'N' -> out.append("%09d".formatted(t.getNano()));
        case 'p' -> out.append(t.getHour() < 12 ? "AM" : "PM");
        case 'R' -> out.append(pattern("HH:mm", t));
        case 's' -> out.append(time.getEpochSecond());
        case 'S' -> out.append(pattern("ss", t));
        case 't' -> out.append('\t');
        case 'T', 'X' -> out.append(pattern("HH:mm:ss", t));
        case 'u' -> out.append(t.getDayOfWeek().getValue());
        case 'w' -> out.append(t.getDayOfWeek().getValue() % 7);
        case 'x' -> out.append(pattern("MM/dd/yy", t));
        case 'y' -> out.append(pattern("yy", t));
        case 'Y' -> out.append(t.getYear());
        case 'z' -> out.append("+0000");
        case 'Z' -> out.append("UTC");
        case '%' -> out.append('%');
        default -> out.append('%').append(letter);
      }
    }
    return out.toString();
  }

  private static String pattern(String pattern, ZonedDateTime time) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
  }

  /// `env`: prints the environment, or runs a command in a changed one.
  record Env(ImmutableList<String> argv, ImmutableMap<String, String> env) implements Program {
    @Override
    public Next step(Sys sys) {
      var io = new Io(sys);
      Map<String, String> changed = new LinkedHashMap<>(env);
      int i = 1;
      while (i < argv.size() && argv.get(i).startsWith("-")) {
        String option = argv.get(i++);
        if (option.equals("-u") && i < argv.size()) {
          changed.remove(argv.get(i++));
        } else if (option.equals("-i") || option.equals("-")) {
          changed.clear();
        }
      }
      while (i < argv.size() && argv.get(i).indexOf('=') > 0) {
        String word = argv.get(i++);
        changed.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
      }
      if (i < argv.size()) {
        return new Next.Go(
            new Launch("env", argv.subList(i, argv.size()), ImmutableMap.copyOf(changed)));
      }
      changed.forEach((name, value) -> io.line(name + "=" + value));
      io.flush();
      return new Next.Exit(0);
    }
  }

  static int printenv(Io io, ImmutableList<String> argv) {
    Map<String, String> env = io.sys().env();
    if (argv.size() == 1) {
      env.forEach((name, value) -> io.line(name + "=" + value));
      return 0;
    }
    int status = 0;
    for (String name : argv.subList(1, argv.size())) {
      String value = env.get(name);
      if (value == null) {
        status = 1;
      } else {
        io.line(value);
      }
    }
    return status;
  }

  static int hostname(Io io, ImmutableList<String> argv) {
    if (argv.contains("-i")) {
      io.line(io.sys().address());
      return 0;
    }
    if (argv.size() > 1 && !argv.get(1).startsWith("-")) {
      io.err("hostname: sethostname: Operation not permitted");
      return 1;
    }
    String name = io.sys().hostname();
    io.line(
        argv.contains("-s") && name.contains(".") ? name.substring(0, name.indexOf('.')) : name);
    return 0;
  }

  static int id(Io io, ImmutableList<String> argv) {
    Options options = Options.parse(argv, "ugGnr");
    Sys sys = io.sys();
    boolean named = options.has("n");
    String user = Users.user(sys, sys.uid());
    String group = Users.group(sys, sys.gid());
    if (options.has("u")) {
      io.line(named ? user : Integer.toString(sys.uid()));
    } else if (options.has("g") || options.has("G")) {
      io.line(named ? group : Integer.toString(sys.gid()));
    } else {
      String u = user.matches("[0-9]+") ? "" : "(" + user + ")";
      String g = group.matches("[0-9]+") ? "" : "(" + group + ")";
      io.line("uid=%d%s gid=%d%s groups=%d%s".formatted(sys.uid(), u, sys.gid(), g, sys.gid(), g));
    }
    return 0;
  }

  static int whoami(Io io, ImmutableList<String> argv) {
    String user = Users.user(io.sys(), io.sys().uid());
    if (user.matches("[0-9]+")) {
      io.err("whoami: unknown uid " + user);
      return 1;
    }
    io.line(user);
    return 0;
  }

  static int ps(Io io, ImmutableList<String> argv) {
    int at = argv.indexOf("-o");
    if (at > 0 && at + 1 < argv.size()) {
      return psColumns(io, argv.get(at + 1).split(","));
    }
    io.line("PID   USER     TIME  COMMAND");
    for (Sys.ProcessInfo p : io.sys().processes()) {
      io.line(
          "%5d %-8.8s %s %s"
              .formatted(p.pid(), Users.user(io.sys(), p.uid()), time(p), command(p)));
    }
    return 0;
  }

  private static String time(Sys.ProcessInfo p) {
    long seconds = p.cpuNanos() / 1_000_000_000;
    return "%3d:%02d".formatted(seconds / 60, seconds % 60);
  }

  static String command(Sys.ProcessInfo p) {
    if (p.state().equals("Z")) {
      return "[" + Paths.baseName(p.argv().isEmpty() ? "?" : p.argv().get(0)) + "]";
    }
    return String.join(" ", p.argv());
  }

  private static int psColumns(Io io, String[] columns) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        java.util.Arrays.stream(columns)
            .map(c -> c.equals("args") || c.equals("comm") ? "COMMAND" : c.toUpperCase(Locale.ROOT))
            .toList());
    for (Sys.ProcessInfo p : io.sys().processes()) {
      List<String> row = new ArrayList<>();
      for (String column : columns) {
        row.add(
            switch (column) {
              case "pid" -> Integer.toString(p.pid());
              case "ppid" -> Integer.toString(p.parent());
              case "user" -> Users.user(io.sys(), p.uid());
              case "stat" -> p.state();
              case "rss", "vsz" -> Long.toString(p.memoryBytes() / 1024);
              case "comm" -> Paths.baseName(p.argv().isEmpty() ? "?" : p.argv().get(0));
              case "time" -> time(p).strip();
              case "args" -> command(p);
              default -> "-";
            });
      }
      rows.add(row);
    }
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
        line.append(i + 1 < row.size() ? "%-" + width + "s " : "%s");
        String cell = line.toString().formatted(row.get(i));
        line.setLength(0);
        line.append(cell.replace("%", "%%"));
      }
      io.line(line.toString().replace("%%", "%"));
    }
    return 0;
  }

  /// `pidof`, `pgrep`, `killall` and `pkill`.
  static int find(Io io, ImmutableList<String> argv) {
    String name = Paths.baseName(argv.get(0));
    int signal = Signals.TERM;
    boolean full = false;
    List<String> wanted = new ArrayList<>();
    for (String word : argv.subList(1, argv.size())) {
      if (word.equals("-f")) {
        full = true;
      } else if (word.startsWith("-") && Signals.parse(word.substring(1)) > 0) {
        signal = Signals.parse(word.substring(1));
      } else if (!word.startsWith("-")) {
        wanted.add(word);
      }
    }
    boolean exact = name.equals("pidof") || name.equals("killall");
    List<Integer> pids = new ArrayList<>();
    for (Sys.ProcessInfo p : io.sys().processes()) {
      String command = Paths.baseName(p.argv().isEmpty() ? "" : p.argv().get(0));
      String searched = full ? String.join(" ", p.argv()) : command;
      boolean match =
          wanted.stream().anyMatch(w -> exact ? command.equals(w) : searched.contains(w));
      if (match && p.pid() != io.sys().pid()) {
        pids.add(p.pid());
      }
    }
    if (pids.isEmpty()) {
      if (name.equals("killall")) {
        wanted.forEach(w -> io.err("killall: " + w + ": no process killed"));
      }
      return 1;
    }
    if (name.equals("pidof")) {
      io.line(String.join(" ", pids.reversed().stream().map(String::valueOf).toList()));
    } else if (name.equals("pgrep")) {
      pids.forEach(pid -> io.line(Integer.toString(pid)));
    } else {
      for (int pid : pids) {
        io.sys().kill(pid, signal);
      }
    }
    return 0;
  }

  static int uname(Io io, ImmutableList<String> argv) {
    Options options = Options.parse(argv, "asnrvmpio");
    boolean all = options.has("a");
    List<String> parts = new ArrayList<>();
    if (all || options.has("s") || argv.size() == 1) {
      parts.add("Linux");
    }
    if (all || options.has("n")) {
      parts.add(io.sys().hostname());
    }
    if (all || options.has("r")) {
      parts.add("6.12.0");
    }
    if (all || options.has("v")) {
      parts.add("#1 SMP PREEMPT_DYNAMIC");
    }
    if (all || options.has("m")) {
      parts.add("x86_64");
    }
    if (all || options.has("o")) {
      parts.add("GNU/Linux");
    }
    io.line(String.join(" ", parts));
    return 0;
  }

  static int free(Io io, ImmutableList<String> argv) {
    int shift = argv.contains("-m") ? 20 : argv.contains("-g") ? 30 : argv.contains("-b") ? 0 : 10;
    boolean human = argv.contains("-h");
    long[] memory = io.sys().nodeMemory();
    io.line("              total        used        free      shared  buff/cache   available");
    long free = memory[0] - memory[1];
    io.line(
        "Mem:    %11s %11s %11s %11s %11s %11s"
            .formatted(
                amount(memory[0], shift, human),
                amount(memory[1], shift, human),
                amount(free, shift, human),
                amount(0, shift, human),
                amount(0, shift, human),
                amount(free, shift, human)));
    io.line(
        "Swap:   %11s %11s %11s"
            .formatted(amount(0, shift, human), amount(0, shift, human), amount(0, shift, human)));
    return 0;
  }

  private static String amount(long bytes, int shift, boolean human) {
    return human ? Numbers.human(bytes) : Long.toString(bytes >> shift);
  }

  static int uptime(Io io, ImmutableList<String> argv) {
    io.line(
        strftime(" %H:%M:%S", io.sys().now())
            + " up  1:00,  0 users,  load average: 0.08, 0.03, 0.01");
    return 0;
  }

  static int which(Io io, ImmutableList<String> argv) {
    int status = 0;
    for (String name : argv.subList(1, argv.size())) {
      try {
        io.line(io.sys().which(name, io.sys().env().get("PATH")));
      } catch (OsException _) {
        status = 1;
      }
    }
    return status;
  }

  static int basename(Io io, ImmutableList<String> argv) {
    if (argv.size() < 2) {
      io.err("Usage: basename FILE [SUFFIX]");
      return 1;
    }
    String base = Paths.baseName(argv.get(1));
    String suffix = argv.size() > 2 ? argv.get(2) : "";
    boolean cut = !suffix.isEmpty() && base.endsWith(suffix) && !base.equals(suffix);
    io.line(cut ? base.substring(0, base.length() - suffix.length()) : base);
    return 0;
  }

  static int dirname(Io io, ImmutableList<String> argv) {
    if (argv.size() < 2) {
      io.err("Usage: dirname FILENAME");
      return 1;
    }
    String bare = Paths.strip(argv.get(1));
    int slash = bare.lastIndexOf('/');
    io.line(slash < 0 ? "." : slash == 0 ? "/" : Paths.strip(bare.substring(0, slash)));
    return 0;
  }

  static int tty(Io io, ImmutableList<String> argv) {
    boolean terminal = io.sys().isTerminal(0);
    io.line(terminal ? "/dev/pts/0" : "not a tty");
    return terminal ? 0 : 1;
  }

  /// `yes`.
  record Yes(String line) implements Program {
    @Override
    public Next step(Sys sys) {
      try {
        sys.write(1, line.repeat(Math.max(1, 4096 / line.length())));
      } catch (OsException e) {
        new Io(sys).err("yes: " + e.text());
        return new Next.Exit(1);
      }
      return new Next.Go(this);
    }
  }

  static int top(Io io, ImmutableList<String> argv) {
    long[] memory = io.sys().nodeMemory();
    io.line(
        "Mem: %dK used, %dK free, 0K shrd, 0K buff, 0K cached"
            .formatted(memory[1] >> 10, memory[0] - memory[1] >> 10));
    io.line("CPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq");
    io.line("Load average: 0.08 0.03 0.01 1/" + io.sys().processes().size() + " " + io.sys().pid());
    io.line("  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND");
    for (Sys.ProcessInfo p : io.sys().processes()) {
      io.line(
          "%5d %5d %-8.8s %-4s %5d %3d%%   0   0%% %s"
              .formatted(
                  p.pid(),
                  p.parent(),
                  Users.user(io.sys(), p.uid()),
                  p.state(),
                  p.memoryBytes() >> 10,
                  p.memoryBytes() * 100 / memory[0],
                  command(p)));
    }
    return 0;
  }
}
