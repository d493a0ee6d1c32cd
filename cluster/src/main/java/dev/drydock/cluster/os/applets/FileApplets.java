package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Errno;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Mount;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Paths;
import dev.drydock.cluster.os.Sys;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;

/// Programs that change or describe files. Model busybox coreutils and findutils.
final class FileApplets {
  private static final int DEPTH_MAX = 200;

  private FileApplets() {}

  /// Does something for each operand, saying what failed.
  private interface ForEach {
    void accept(String operand);
  }

  private static int each(Io io, Options options, String verb, ForEach body) {
    if (options.operands().isEmpty()) {
      io.err(options.name() + ": missing operand");
      return 1;
    }
    int status = 0;
    for (String operand : options.operands()) {
      try {
        body.accept(operand);
      } catch (OsException e) {
        io.err(options.name() + ": " + verb.formatted(operand) + e.text());
        status = 1;
      }
    }
    return status;
  }

  static int touch(Io io, ImmutableList<String> argv) {
    Options options = Options.parse(argv, "camfhd:t:r:");
    if (!options.error().isEmpty()) {
      return options.complain(io);
    }
    Sys sys = io.sys();
    Instant time = sys.now();
    if (options.has("d")) {
      Instant given = parseTime(options.value("d", ""));
      if (given == null) {
        io.err("touch: invalid date '" + options.value("d", "") + "'");
        return 1;
      }
      time = given;
    } else if (options.has("r")) {
      time = sys.stat(options.value("r", "")).meta().modified();
    }
    Instant modified = time;
    return each(
        io,
        options,
        "%s: ",
        path -> {
          if (sys.exists(path)) {
            sys.setModified(path, modified);
          } else if (!options.has("c")) {
            sys.close(sys.open(path, Sys.Open.APPEND));
          }
        });
  }

  /// A date as `date -d` and `touch -d` take it; null if it is none.
  static @org.jspecify.annotations.Nullable Instant parseTime(String text) {
    if (text.matches("@-?[0-9]{1,12}")) {
      return Instant.ofEpochSecond(Long.parseLong(text.substring(1)));
    }
    for (String pattern :
        List.of("yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyyMMddHHmm", "yyyy.MM.dd-HH:mm:ss")) {
      try {
        return LocalDateTime.parse(text, DateTimeFormatter.ofPattern(pattern, Locale.ROOT))
            .toInstant(ZoneOffset.UTC);
      } catch (DateTimeParseException _) {
        continue;
      }
    }
    try {
      return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
          ? Instant.parse(text + "T00:00:00Z")
          : Instant.parse(text);
    } catch (DateTimeParseException _) {
      return null;
    }
  }

  static int rm(Io io, ImmutableList<String> argv) {
    Options options = Options.parse(argv, "rRfi");
    if (!options.error().isEmpty()) {
      return options.complain(io);
    }
    boolean force = options.has("f");
    if (force && options.operands().isEmpty()) {
      return 0;
    }
    boolean recursive = options.has("r") || options.has("R");
    int[] status = {0};
    int outer =
        each(
            io,
            options,
            "can't remove '%s': ",
            path -> {
              Sys.Stat stat = io.sys().statOrNull(path, false);
              if (stat == null && force) {
                return;
              }
              String base = Paths.baseName(path);
              if (recursive && (base.equals(".") || base.equals(".."))) {
                return;
              }
              if (stat != null && stat.isDirectory() && !recursive) {
                io.err("rm: '" + path + "' is a directory");
                status[0] = 1;
                return;
              }
              status[0] |= remove(io, path, 0);
            });
    return outer | status[0];
  }

  static int remove(Io io, String path, int depth) {
    Sys sys = io.sys();
    int status = 0;
    try {
      if (!sys.lstat(path).isDirectory()) {
        sys.unlink(path);
        return 0;
      }
      if (depth < DEPTH_MAX) {
        for (String name : sys.list(path)) {
          status |= remove(io, Paths.join(path, name), depth + 1);
        }
      }
      sys.charge(1);
      sys.rmdir(path);
    } catch (OsException e) {
      io.err("rm: can't remove '" + path + "': " + e.text());
      return 1;
    }
    return status;
  }

  static int mkdir(Io io, ImmutableList<String> argv) {
    Options options = Options.parse(argv, "pvm:");
    if (!options.error().isEmpty()) {
      return options.complain(io);
    }
    int mode = Modes.parse(options.value("m", "777"), 0777);
    return each(
        io,
        options,
        "can't create directory '%s': ",
        path -> {
          if (options.has("p")) {
            mkdirs(io.sys(), path, mode);
          } else {
            io.sys().mkdir(path, mode);
          }
          if (options.has("m")) {
            io.sys().chmod(path, mode);
          }
        });
  }

  static void mkdirs(Sys sys, String path, int mode) {
    for (int at = 1; at > 0 && at <= path.length(); ) {
      int slash = path.indexOf('/', at);
      String part = slash < 0 ? path : path.substring(0, slash);
      Sys.Stat stat = part.isEmpty() ? null : sys.statOrNull(part, true);
      if (stat == null) {
        sys.mkdir(part, mode);
      } else if (!stat.isDirectory()) {
        throw new OsException(slash < 0 ? Errno.EEXIST : Errno.ENOTDIR);
      }
      at = slash + 1;
    }
  }

  static int rmdir(Io io, ImmutableList<String> argv) {
    Options options = Options.parse(argv, "p{ignore-fail-on-non-empty}");
    return options.error().isEmpty()
        ? each(io, options, "'%s': ", path -> io.sys().rmdir(path))
        : options.complain(io);
  }

  static int ln(Io io, ImmutableList<String> argv) {
    Options options = Options.parse(argv, "sfnbvT");
    if (!options.error().isEmpty() || options.operands().isEmpty()) {
      return options.operands().isEmpty()
          ? usage(io, "ln", "missing operand")
          : options.complain(io);
    }
    Sys sys = io.sys();
    List<String> words = options.operands();
    String last = words.size() == 1 ? "." : words.get(words.size() - 1);
    List<String> sources = words.size() == 1 ? words : words.subList(0, words.size() - 1);
    Sys.Stat target = sys.statOrNull(last, !options.has("n"));
    int status = 0;
    for (String source : sources) {
      String path =
          target != null && target.isDirectory() ? Paths.join(last, Paths.baseName(source)) : last;
      try {
        if (options.has("f") && sys.statOrNull(path, false) != null) {
          sys.unlink(path);
        }
        if (options.has("s")) {
          sys.symlink(source, path);
        } else {
          sys.link(source, path);
        }
      } catch (OsException e) {
        io.err("ln: " + path + ": " + e.text());
        status = 1;
      }
    }
    return status;
  }

  private static int usage(Io io, String name, String message) {
    io.err(name + ": " + message);
    return 1;
  }

  static int chmod(Io io, ImmutableList<String> argv) {
    var words = ImmutableList.<String>builder().addAll(argv);
    int i = 1;
    boolean recursive = false;
    while (i < argv.size() && argv.get(i).matches("-[Rvcf]+")) {
      recursive |= argv.get(i++).contains("R");
    }
    if (i + 1 >= argv.size()) {
      return usage(io, "chmod", "missing operand");
    }
    String spec = argv.get(i);
    if (!Modes.isValid(spec)) {
      return usage(io, "chmod", "invalid mode '" + spec + "'");
    }
    int status = 0;
    for (String path : words.build().subList(i + 1, argv.size())) {
      status |= chmod(io, spec, path, recursive, 0);
    }
    return status;
  }

  private static int chmod(Io io, String spec, String path, boolean recursive, int depth) {
    Sys sys = io.sys();
    int status = 0;
    try {
      Sys.Stat stat = sys.stat(path);
      sys.chmod(path, Modes.parse(spec, stat.meta().mode()));
      if (recursive && stat.isDirectory() && depth < DEPTH_MAX) {
        for (String name : sys.list(path)) {
          status |= chmod(io, spec, Paths.join(path, name), true, depth + 1);
        }
      }
    } catch (OsException e) {
      io.err("chmod: " + path + ": " + e.text());
      return 1;
    }
    return status;
  }

  static int chown(Io io, ImmutableList<String> argv) {
    Options options = Options.parse(argv, "+RhLHPvcf");
    if (options.operands().size() < 2) {
      return usage(io, options.name(), "missing operand");
    }
    boolean group = options.name().equals("chgrp");
    String[] owner = options.operands().get(0).split("[:.]", 2);
    int uid = group || owner[0].isEmpty() ? -1 : Users.id(io.sys(), false, owner[0]);
    String groupName = group ? owner[0] : owner.length > 1 ? owner[1] : "";
    int gid = groupName.isEmpty() ? -1 : Users.id(io.sys(), true, groupName);
    if (!group && !owner[0].isEmpty() && uid < 0) {
      return usage(io, options.name(), "unknown user " + owner[0]);
    }
    int status = 0;
    for (String path : options.operands().subList(1, options.operands().size())) {
      status |= chown(io, options, path, uid, gid, 0);
    }
    return status;
  }

  private static int chown(Io io, Options options, String path, int uid, int gid, int depth) {
    Sys sys = io.sys();
    int status = 0;
    try {
      sys.chown(path, uid, gid, !options.has("h"));
      if (options.has("R") && sys.lstat(path).isDirectory() && depth < DEPTH_MAX) {
        for (String name : sys.list(path)) {
          status |= chown(io, options, Paths.join(path, name), uid, gid, depth + 1);
        }
      }
    } catch (OsException e) {
      io.err(options.name() + ": " + path + ": " + e.text());
      return 1;
    }
    return status;
  }

  static int readlink(Io io, ImmutableList<String> argv) {
    Options options = Options.parse(argv, "fnvesqm");
    if (options.operands().isEmpty()) {
      return usage(io, options.name(), "missing operand");
    }
    Sys sys = io.sys();
    String path = options.operands().get(0);
    if (options.has("f") || options.name().equals("realpath")) {
      try {
        io.line(sys.realPath(path));
        return 0;
      } catch (OsException e) {
        if (options.name().equals("realpath")) {
          io.err("realpath: " + path + ": " + e.text());
        }
        return 1;
      }
    }
    Sys.Stat stat = sys.statOrNull(path, false);
    if (stat == null || stat.kind() != Sys.Kind.LINK) {
      return 1;
    }
    io.out(stat.target() + (options.has("n") ? "" : "\n"));
    return 0;
  }

  static int stat(Io io, ImmutableList<String> argv) {
    Options options = Options.parse(argv, "fLtc:");
    return each(
        io,
        options,
        "can't stat '%s': ",
        path -> {
          Sys.Stat stat = options.has("L") ? io.sys().stat(path) : io.sys().lstat(path);
          if (options.has("c")) {
            io.line(format(io.sys(), options.value("c", ""), path, stat));
          } else {
            describe(io, path, stat);
          }
        });
  }

  private static String kindOf(Sys.Stat stat) {
    return switch (stat.kind()) {
      case FILE -> stat.size() == 0 ? "regular empty file" : "regular file";
      case DIRECTORY -> "directory";
      case LINK -> "symbolic link";
      case DEVICE -> "character special file";
    };
  }

  private static String format(Sys sys, String format, String path, Sys.Stat stat) {
    var out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      if (format.charAt(i) != '%' || i + 1 >= format.length()) {
        out.append(format.charAt(i));
        continue;
      }
      switch (format.charAt(++i)) {
        case 'a' -> out.append(Integer.toOctalString(stat.meta().mode()));
        case 'A' -> out.append(Ls.mode(stat));
        case 's' -> out.append(stat.size());
        case 'n' -> out.append(path);
        case 'u' -> out.append(stat.meta().uid());
        case 'g' -> out.append(stat.meta().gid());
        case 'U' -> out.append(Users.user(sys, stat.meta().uid()));
        case 'G' -> out.append(Users.group(sys, stat.meta().gid()));
        case 'F' -> out.append(kindOf(stat));
        case 'i' -> out.append(stat.number());
        case 'h' -> out.append(stat.meta().links());
        case 'b' -> out.append((stat.size() + 4095) / 4096 * 8);
        case 'Y', 'X', 'Z' -> out.append(stat.meta().modified().getEpochSecond());
        case 'y', 'x', 'z' -> out.append(fullTime(stat.meta().modified()));
        case '%' -> out.append('%');
        default -> out.append('?');
      }
    }
    return out.toString();
  }

  private static String fullTime(Instant time) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSSSS xx", Locale.ROOT)
        .format(time.atOffset(ZoneOffset.UTC));
  }

  private static void describe(Io io, String path, Sys.Stat stat) {
    String name = stat.target().isEmpty() ? path : "'" + path + "' -> '" + stat.target() + "'";
    io.line("  File: " + name);
    io.line(
        "  Size: %-10d\tBlocks: %-10d IO Block: 4096   %s"
            .formatted(stat.size(), (stat.size() + 4095) / 4096 * 8, kindOf(stat)));
    io.line(
        "Device: %xh/%dd\tInode: %-10d  Links: %d"
            .formatted(51, 51, stat.number(), stat.meta().links()));
    io.line(
        "Access: (%04o/%s)  Uid: (%5d/%8s)   Gid: (%5d/%8s)"
            .formatted(
                stat.meta().mode(),
                Ls.mode(stat),
                stat.meta().uid(),
                Users.user(io.sys(), stat.meta().uid()),
                stat.meta().gid(),
                Users.group(io.sys(), stat.meta().gid())));
    String time = fullTime(stat.meta().modified());
    io.line("Access: " + time).line("Modify: " + time).line("Change: " + time);
  }

  static int df(Io io, ImmutableList<String> argv) {
    Options options = Options.parse(argv, "hkmPTaiB:t:");
    boolean human = options.has("h");
    io.line(
        "Filesystem           "
            + (human ? "     Size" : "1K-blocks")
            + "      Used Available Use% Mounted on");
    Sys sys = io.sys();
    List<Mount> mounts =
        options.operands().isEmpty()
            ? sys.mounts()
            : options.operands().stream().map(sys::mountOf).toList();
    for (Mount mount : mounts) {
      if (mount.source().equals("proc") || mount.source().equals("sysfs")) {
        continue;
      }
      long[] usage = sys.usage(mount);
      long free = usage[1] - usage[0];
      long percent = usage[1] == 0 ? 0 : (usage[0] * 100 + usage[1] - 1) / usage[1];
      String source = mount.source();
      if (source.length() > 20) {
        io.line(source);
        source = "";
      }
      io.line(
          "%-20s %9s %9s %9s %3d%% %s"
              .formatted(
                  source,
                  human ? Numbers.human(usage[1]) : Long.toString(usage[1] / 1024),
                  human ? Numbers.human(usage[0]) : Long.toString(usage[0] / 1024),
                  human ? Numbers.human(free) : Long.toString(free / 1024),
                  percent,
                  mount.path()));
    }
    return 0;
  }

  static int du(Io io, ImmutableList<String> argv) {
    Options options = Options.parse(argv, "sahkmcxLHbd:");
    int status = 0;
    List<String> paths = options.operands().isEmpty() ? List.of(".") : options.operands();
    for (String path : paths) {
      try {
        long total = du(io, options, path, 0);
        if (options.has("s")) {
          printUsage(io, options, total, path);
        }
      } catch (OsException e) {
        io.err("du: " + path + ": " + e.text());
        status = 1;
      }
    }
    return status;
  }

  private static long du(Io io, Options options, String path, int depth) {
    Sys sys = io.sys();
    Sys.Stat stat = sys.lstat(path);
    long total =
        stat.kind() == Sys.Kind.FILE
            ? (stat.size() + 4095) / 4096 * 4096
            : stat.isDirectory() ? 4096 : 0;
    if (stat.isDirectory() && depth < DEPTH_MAX) {
      for (String name : sys.list(path)) {
        total += du(io, options, Paths.join(path, name), depth + 1);
      }
    }
    sys.charge(1);
    int shown =
        options.has("d")
            ? Integer.parseInt("0" + options.value("d", "0").replaceAll("\\D", ""))
            : DEPTH_MAX;
    boolean listed = stat.isDirectory() || options.has("a") || depth == 0;
    if (!options.has("s") && listed && depth <= shown) {
      printUsage(io, options, total, path);
    }
    return total;
  }

  private static void printUsage(Io io, Options options, long bytes, String path) {
    String amount =
        options.has("h")
            ? Numbers.human(bytes)
            : options.has("m")
                ? Long.toString(bytes >> 20)
                : options.has("b") ? Long.toString(bytes) : Long.toString(bytes / 1024);
    io.line(amount + "\t" + path);
  }

  static int mount(Io io, ImmutableList<String> argv) {
    if (argv.size() > 1) {
      io.err("mount: permission denied (are you root?)");
      return 1;
    }
    for (Mount mount : io.sys().mounts()) {
      String flags = mount.readOnly() ? "ro,relatime" : "rw,relatime";
      io.line(
          mount.source() + " on " + mount.path() + " type " + mount.type() + " (" + flags + ")");
    }
    return 0;
  }

  static int mktemp(Io io, ImmutableList<String> argv) {
    Options options = Options.parse(argv, "dqutp:");
    String template = options.operands().isEmpty() ? "tmp.XXXXXX" : options.operands().get(0);
    boolean inTmp = options.operands().isEmpty() || options.has("t") || options.has("p");
    String path = inTmp ? Paths.join(options.value("p", "/tmp"), template) : template;
    if (!path.endsWith("XXXXXX")) {
      io.err("mktemp: Invalid argument");
      return 1;
    }
    String letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    var suffix = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      suffix.append(letters.charAt(io.sys().random(letters.length())));
    }
    String made = path.substring(0, path.length() - 6) + suffix;
    try {
      if (options.has("d")) {
        io.sys().mkdir(made, 0700);
      } else {
        io.sys().close(io.sys().open(made, Sys.Open.EXCLUSIVE, 0600));
      }
    } catch (OsException e) {
      io.err("mktemp: (null): " + e.text());
      return 1;
    }
    io.line(made);
    return 0;
  }

  static int truncate(Io io, ImmutableList<String> argv) {
    Options options = Options.parse(argv, "cs:");
    long size;
    try {
      size = Numbers.parse(options.value("s", ""));
    } catch (UsageException e) {
      return usage(io, "truncate", String.valueOf(e.getMessage()));
    }
    return each(
        io,
        options,
        "%s: open: ",
        path -> {
          if (!io.sys().exists(path) && !options.has("c")) {
            io.sys().close(io.sys().open(path, Sys.Open.WRITE));
          }
          io.sys().truncate(path, size);
        });
  }
}
