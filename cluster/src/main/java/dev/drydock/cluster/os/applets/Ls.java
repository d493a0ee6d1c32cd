package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Paths;
import dev.drydock.cluster.os.Sys;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// `ls`. Models busybox coreutils/ls.c.
final class Ls {
  private static final DateTimeFormatter RECENT =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter OLD =
      DateTimeFormatter.ofPattern("MMM ppd  yyyy", Locale.ROOT);

  private final Io io;
  private final Sys sys;
  private final Options options;
  private int status;

  private Ls(Io io, Options options) {
    this.io = io;
    this.sys = io.sys();
    this.options = options;
  }

  private record Entry(String name, String path, Sys.Stat stat) {}

  static int run(Io io, ImmutableList<String> argv) {
    Options options = Options.parse(argv, "1AaCxdlLHRFpgnsihkrStucXvwT:w:{color:}{full-time}");
    if (!options.error().isEmpty()) {
      return options.complain(io);
    }
    var ls = new Ls(io, options);
    ls.list();
    return ls.status;
  }

  private void list() {
    List<Entry> files = new ArrayList<>();
    List<Entry> directories = new ArrayList<>();
    List<String> names = options.operands().isEmpty() ? List.of(".") : options.operands();
    for (String name : names) {
      Entry entry = entry(name, name, !options.has("l") && !options.has("d"));
      if (entry != null) {
        Sys.Stat target = sys.statOrNull(name, !options.has("l") || name.endsWith("/"));
        boolean directory = target != null && target.isDirectory() && !options.has("d");
        (directory ? directories : files).add(entry);
      }
    }
    sort(files);
    sort(directories);
    print(files, false);
    boolean several = names.size() > 1 || options.has("R");
    boolean first = files.isEmpty();
    for (Entry directory : directories) {
      first = directory(directory.path, several, first, 0);
    }
  }

  private boolean directory(String path, boolean titled, boolean first, int depth) {
    List<Entry> entries = new ArrayList<>();
    try {
      if (options.has("a")) {
        add(entries, ".", path + "/.");
        add(entries, "..", path + "/..");
      }
      for (String name : sys.list(path)) {
        if (!name.startsWith(".") || options.has("a") || options.has("A")) {
          add(entries, name, Paths.join(path, name));
        }
      }
    } catch (OsException e) {
      complain(options.operands().isEmpty() ? path : path, e);
      return first;
    }
    if (titled) {
      io.out((first ? "" : "\n") + path + ":\n");
    }
    sort(entries);
    print(entries, true);
    if (options.has("R") && depth < 64) {
      for (Entry entry : entries) {
        if (entry.stat.isDirectory() && !entry.name.equals(".") && !entry.name.equals("..")) {
          boolean _ = directory(entry.path, true, false, depth + 1);
        }
      }
    }
    return false;
  }

  private void add(List<Entry> entries, String name, String path) {
    Entry entry = entry(name, path, false);
    if (entry != null) {
      entries.add(entry);
    }
  }

  private @org.jspecify.annotations.Nullable Entry entry(String name, String path, boolean follow) {
    try {
      Sys.Stat stat =
          options.has("L") || follow && sys.exists(path) ? sys.stat(path) : sys.lstat(path);
      return new Entry(name, path, stat);
    } catch (OsException e) {
      complain(path, e);
      return null;
    }
  }

  private void complain(String path, OsException e) {
    io.err("ls: " + path + ": " + e.text());
    status = 1;
  }

  private void sort(List<Entry> entries) {
    Comparator<Entry> order = Comparator.comparing(Entry::name);
    if (options.has("S")) {
      order = Comparator.<Entry>comparingLong(e -> -e.stat.size()).thenComparing(order);
    } else if (options.has("t")) {
      order =
          Comparator.<Entry, Instant>comparing(e -> e.stat.meta().modified())
              .reversed()
              .thenComparing(order);
    }
    entries.sort(options.has("r") ? order.reversed() : order);
  }

  private void print(List<Entry> entries, boolean total) {
    if (options.has("l") || options.has("g") || options.has("n")) {
      if (total) {
        io.line("total " + entries.stream().mapToLong(e -> kilobytes(e.stat)).sum());
      }
      entries.forEach(this::longLine);
      return;
    }
    boolean columns = !options.has("1") && sys.isTerminal(1);
    if (columns) {
      columns(entries);
    } else {
      entries.forEach(e -> io.line(prefix(e) + shown(e)));
    }
  }

  private String prefix(Entry entry) {
    String inode = options.has("i") ? "%7d ".formatted(entry.stat.number()) : "";
    return options.has("s") ? inode + "%6d ".formatted(kilobytes(entry.stat)) : inode;
  }

  private void columns(List<Entry> entries) {
    List<String> names = entries.stream().map(e -> prefix(e) + shown(e)).toList();
    int width = names.stream().mapToInt(String::length).max().orElse(0) + 2;
    int count = Math.max(1, sys.terminalSize()[1] / Math.max(1, width));
    int rows = (names.size() + count - 1) / count;
    for (int row = 0; row < rows; row++) {
      var line = new StringBuilder();
      for (int i = row; i < names.size(); i += rows) {
        String name = names.get(i);
        line.append(name);
        if (i + rows < names.size()) {
          line.append(" ".repeat(width - name.length()));
        }
      }
      io.line(line.toString());
    }
  }

  private static long kilobytes(Sys.Stat stat) {
    return stat.kind() == Sys.Kind.LINK || stat.kind() == Sys.Kind.DEVICE
        ? 0
        : (stat.size() + 4095) / 4096 * 4;
  }

  private String shown(Entry entry) {
    String mark =
        switch (entry.stat.kind()) {
          case DIRECTORY -> options.has("F") || options.has("p") ? "/" : "";
          case LINK -> options.has("F") ? "@" : "";
          case FILE -> options.has("F") && (entry.stat.meta().mode() & 0111) != 0 ? "*" : "";
          case DEVICE -> "";
        };
    return entry.name + mark;
  }

  private void longLine(Entry entry) {
    Sys.Stat stat = entry.stat;
    boolean numeric = options.has("n");
    String owner =
        numeric ? Integer.toString(stat.meta().uid()) : Users.user(sys, stat.meta().uid());
    String group =
        numeric ? Integer.toString(stat.meta().gid()) : Users.group(sys, stat.meta().gid());
    String size =
        stat.kind() == Sys.Kind.DEVICE
            ? "    1,   3"
            : options.has("h")
                ? "%9s".formatted(Numbers.human(stat.size()))
                : "%9d".formatted(stat.size());
    String owners =
        options.has("g") ? "%-8s".formatted(group) : "%-8s %-8s".formatted(owner, group);
    String target = stat.kind() == Sys.Kind.LINK ? " -> " + stat.target() : "";
    io.line(
        prefix(entry)
            + "%s %4d %s %s %s %s%s"
                .formatted(
                    mode(stat),
                    stat.meta().links(),
                    owners,
                    size,
                    time(stat.meta().modified()),
                    shown(entry),
                    target));
  }

  private String time(Instant modified) {
    var time = modified.atOffset(ZoneOffset.UTC);
    if (options.has("full-time")) {
      return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss +0000", Locale.ROOT).format(time);
    }
    Duration age = Duration.between(modified, sys.now());
    boolean recent = age.toDays() < 183 && !age.plusMinutes(15).isNegative();
    return (recent ? RECENT : OLD).format(time);
  }

  static String mode(Sys.Stat stat) {
    char kind =
        switch (stat.kind()) {
          case FILE -> '-';
          case DIRECTORY -> 'd';
          case LINK -> 'l';
          case DEVICE -> 'c';
        };
    return kind + permissions(stat.meta().mode());
  }

  /// `rwxr-xr-x`, with the set-id and sticky bits.
  static String permissions(int mode) {
    var out = new StringBuilder();
    for (int shift = 6; shift >= 0; shift -= 3) {
      int bits = mode >> shift & 7;
      out.append((bits & 4) != 0 ? 'r' : '-').append((bits & 2) != 0 ? 'w' : '-');
      boolean special = (mode & (01000 << (shift / 3))) != 0;
      boolean executable = (bits & 1) != 0;
      char letter = shift == 0 ? 't' : 's';
      out.append(
          special ? executable ? letter : Character.toUpperCase(letter) : executable ? 'x' : '-');
    }
    return out.toString();
  }
}
