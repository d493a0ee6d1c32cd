package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Paths;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.Wait;
import java.time.Instant;
import java.util.List;

/// `tar`: makes, unpacks and lists archives, as `kubectl cp` asks for. Models busybox
/// archival/tar.c; no compression.
///
/// @param mode `c`, `x` or `t`
/// @param read the archive so far, for unpacking
record Tar(
    char mode,
    boolean verbose,
    boolean toStdout,
    boolean keepTimes,
    String file,
    String directory,
    ImmutableList<String> members,
    int descriptor,
    String read)
    implements Program {

  private static final int BLOCK = 512;
  private static final int DEPTH_MAX = 100;

  static Applet applet() {
    return (argv, _) -> {
      var adapted =
          argv.size() > 1 && !argv.get(1).startsWith("-")
              ? ImmutableList.<String>builder().add("tar").addAll(oldStyle(argv)).build()
              : argv;
      Options o =
          Options.parse(
              adapted,
              "cxtvzmpokOhf:C:X:T:{exclude:}{no-same-owner}{no-same-permissions}{strip-components:}{overwrite}");
      int modes = (o.has("c") ? 1 : 0) + (o.has("x") ? 1 : 0) + (o.has("t") ? 1 : 0);
      if (!o.error().isEmpty() || modes != 1) {
        return new Once(
            (io, _) -> {
              io.err(
                  o.error().isEmpty()
                      ? "tar: must specify one of -c, -x, -t"
                      : "tar: " + o.error());
              return 1;
            },
            argv);
      }
      char mode = o.has("c") ? 'c' : o.has("x") ? 'x' : 't';
      return new Tar(
          mode,
          o.has("v"),
          o.has("O"),
          !o.has("m"),
          o.value("f", "-"),
          o.value("C", ""),
          o.operands(),
          -1,
          "");
    };
  }

  /// `cf file` as `-c -f file`: letters that take values take them in order.
  private static List<String> oldStyle(ImmutableList<String> argv) {
    var words = ImmutableList.<String>builder();
    int next = 2;
    for (char letter : argv.get(1).toCharArray()) {
      words.add("-" + letter);
      if ("fCXT".indexOf(letter) >= 0 && next < argv.size()) {
        words.add(argv.get(next++));
      }
    }
    return words.addAll(argv.subList(Math.min(next, argv.size()), argv.size())).build();
  }

  @Override
  public long heldBytes() {
    return read.length();
  }

  @Override
  public Next step(Sys sys) {
    var io = new Io(sys);
    try {
      return mode == 'c' ? create(sys, io) : unpack(sys, io);
    } catch (OsException e) {
      io.err("tar: " + e.text());
      return new Next.Exit(1);
    }
  }

  // ---- making

  private Next create(Sys sys, Io io) {
    int out = 1;
    if (!file.equals("-")) {
      try {
        out = sys.open(file, Sys.Open.WRITE);
      } catch (OsException e) {
        io.err("tar: can't open '" + file + "': " + e.text());
        return new Next.Exit(1);
      }
    }
    if (members.isEmpty()) {
      io.err("tar: empty archive");
      return new Next.Exit(1);
    }
    if (!directory.isEmpty()) {
      sys.chdir(directory);
    }
    var archive = new StringBuilder();
    boolean[] told = {false};
    int status = 0;
    for (String member : members) {
      status |= add(sys, io, archive, member, told, 0);
    }
    archive.append("\0".repeat(BLOCK * 2));
    sys.charge(archive.length() / 4096);
    sys.write(out, archive.toString());
    if (status != 0) {
      io.err("tar: error exit delayed from previous errors");
    }
    return new Next.Exit(status);
  }

  private int add(Sys sys, Io io, StringBuilder archive, String path, boolean[] told, int depth) {
    Sys.Stat stat;
    try {
      stat = sys.lstat(path);
    } catch (OsException e) {
      io.err("tar: " + path + ": " + e.text());
      return 1;
    }
    String name = path;
    if (name.startsWith("/")) {
      if (!told[0]) {
        io.err("tar: removing leading '/' from member names");
        told[0] = true;
      }
      name = name.replaceFirst("^/+", "");
    }
    if (verbose) {
      io.line(name);
      io.flush();
    }
    int status = 0;
    switch (stat.kind()) {
      case DIRECTORY -> {
        if (!name.isEmpty()) {
          header(archive, name.endsWith("/") ? name : name + "/", stat, 0, '5', "");
        }
        if (depth < DEPTH_MAX) {
          for (String child : sys.list(path)) {
            status |= add(sys, io, archive, Paths.join(path, child), told, depth + 1);
          }
        }
      }
      case LINK -> header(archive, name, stat, 0, '2', stat.target());
      case FILE -> {
        String content = sys.readFile(path);
        header(archive, name, stat, content.length(), '0', "");
        archive.append(content).append("\0".repeat((BLOCK - content.length() % BLOCK) % BLOCK));
      }
      case DEVICE -> {}
    }
    return status;
  }

  private static void header(
      StringBuilder archive, String name, Sys.Stat stat, long size, char type, String link) {
    if (name.length() > 99) {
      header(archive, "././@LongLink", stat, name.length() + 1, 'L', "");
      archive.append(name).append("\0".repeat(BLOCK - name.length() % BLOCK));
    }
    var block = new StringBuilder();
    field(block, name, 100);
    field(block, "%07o".formatted(stat.meta().mode()), 8);
    field(block, "%07o".formatted(stat.meta().uid()), 8);
    field(block, "%07o".formatted(stat.meta().gid()), 8);
    field(block, "%011o".formatted(size), 12);
    field(block, "%011o".formatted(stat.meta().modified().getEpochSecond()), 12);
    block.append("        ").append(type);
    field(block, link, 100);
    block.append("ustar  \0");
    field(block, stat.meta().uid() == 0 ? "root" : "", 32);
    field(block, stat.meta().gid() == 0 ? "root" : "", 32);
    block.append("\0".repeat(BLOCK - block.length()));
    int sum = block.chars().sum();
    block.replace(148, 156, "%06o\0 ".formatted(sum));
    archive.append(block);
  }

  private static void field(StringBuilder block, String text, int width) {
    String cut = text.length() >= width ? text.substring(0, width - 1) : text;
    block.append(cut).append("\0".repeat(width - cut.length()));
  }

  // ---- unpacking

  private Next unpack(Sys sys, Io io) {
    if (descriptor < 0) {
      int fd = 0;
      if (!file.equals("-")) {
        try {
          fd = sys.open(file, Sys.Open.READ);
        } catch (OsException e) {
          io.err("tar: can't open '" + file + "': " + e.text());
          return new Next.Exit(1);
        }
      }
      if (!directory.isEmpty()) {
        try {
          sys.chdir(directory);
        } catch (OsException e) {
          io.err("tar: can't change directory to '" + directory + "': " + e.text());
          return new Next.Exit(1);
        }
      }
      return new Next.Go(with(fd, ""));
    }
    String piece = sys.read(descriptor, 1 << 18);
    if (piece == null) {
      return new Next.Block(this, Wait.readable(descriptor));
    }
    boolean atEnd = piece.isEmpty();
    String text = read + piece;
    int at = 0;
    while (text.length() - at >= BLOCK) {
      String block = text.substring(at, at + BLOCK);
      if (block.charAt(0) == 0) {
        at += BLOCK;
        continue;
      }
      Entry entry = Entry.parse(block);
      if (entry == null) {
        io.err("tar: invalid tar magic");
        return new Next.Exit(1);
      }
      int data = entry.dataBlocks() * BLOCK;
      int start = at + BLOCK;
      if (text.length() < start + data) {
        break;
      }
      String content = text.substring(start, start + (int) entry.size);
      at = start + data;
      if (entry.type == 'L') {
        String longName = content.replace("\0", "");
        if (text.length() < at + BLOCK) {
          at = start - BLOCK;
          break;
        }
        Entry named = Entry.parse(text.substring(at, at + BLOCK));
        if (named == null || text.length() < at + BLOCK + named.dataBlocks() * BLOCK) {
          at = start - BLOCK;
          break;
        }
        content = text.substring(at + BLOCK, at + BLOCK + (int) named.size);
        at += BLOCK + named.dataBlocks() * BLOCK;
        entry = named.withName(longName);
      }
      if (entry.type != 'x' && entry.type != 'g') {
        int status = extract(sys, io, entry, content);
        if (status != 0) {
          return new Next.Exit(status);
        }
      }
    }
    io.flush();
    sys.charge(1 + piece.length() / 4096);
    if (!atEnd) {
      return new Next.Go(with(descriptor, text.substring(at)));
    }
    if (at < text.length()) {
      io.err("tar: short read");
      return new Next.Exit(1);
    }
    return new Next.Exit(0);
  }

  private Tar with(int fd, String rest) {
    return new Tar(mode, verbose, toStdout, keepTimes, file, directory, members, fd, rest);
  }

  private record Entry(
      String name,
      int mode,
      int uid,
      int gid,
      long size,
      Instant modified,
      char type,
      String link) {
    static @org.jspecify.annotations.Nullable Entry parse(String block) {
      if (!block.startsWith("ustar", 257)) {
        return null;
      }
      String prefix = block.charAt(262) == 0 ? text(block, 345, 155) : "";
      String name = text(block, 0, 100);
      long size = octal(block, 124, 12);
      if (size < 0 || size > 64 << 20) {
        return null;
      }
      return new Entry(
          prefix.isEmpty() ? name : prefix + "/" + name,
          (int) octal(block, 100, 8) & 07777,
          (int) octal(block, 108, 8),
          (int) octal(block, 116, 8),
          size,
          Instant.ofEpochSecond(Math.max(0, octal(block, 136, 12))),
          block.charAt(156),
          text(block, 157, 100));
    }

    private static String text(String block, int at, int width) {
      String field = block.substring(at, at + width);
      int end = field.indexOf('\0');
      return end < 0 ? field : field.substring(0, end);
    }

    private static long octal(String block, int at, int width) {
      String digits = text(block, at, width).strip();
      return digits.matches("[0-7]{1,12}") ? Long.parseLong(digits, 8) : digits.isEmpty() ? 0 : -1;
    }

    int dataBlocks() {
      return (int) ((size + BLOCK - 1) / BLOCK);
    }

    Entry withName(String longName) {
      return new Entry(longName, mode, uid, gid, size, modified, type, link);
    }
  }

  private int extract(Sys sys, Io io, Entry entry, String content) {
    String name = entry.name.replaceFirst("^/+", "");
    boolean wanted =
        members.isEmpty()
            || members.stream()
                .anyMatch(m -> name.equals(m) || name.startsWith(Paths.strip(m) + "/"));
    if (!wanted) {
      return 0;
    }
    if (("/" + name + "/").contains("/../")) {
      io.err("tar: name with '..' encountered: '" + name + "'");
      return 1;
    }
    if (mode == 't' || verbose) {
      io.line(name);
    }
    if (mode == 't') {
      return 0;
    }
    if (toStdout) {
      io.out(content);
      return 0;
    }
    try {
      String path = Paths.strip(name);
      int slash = path.lastIndexOf('/');
      if (slash > 0) {
        sys.makePath(path.substring(0, slash));
      }
      switch (entry.type) {
        case '5' -> sys.makePath(path);
        case '2' -> {
          if (sys.statOrNull(path, false) != null) {
            sys.unlink(path);
          }
          sys.symlink(entry.link, path);
        }
        default -> {
          Sys.Stat old = sys.statOrNull(path, false);
          if (old != null && !old.isDirectory()) {
            sys.unlink(path);
          }
          sys.writeFile(path, content, entry.mode == 0 ? 0644 : entry.mode);
          if (sys.uid() == 0) {
            sys.chmod(path, entry.mode);
          }
          if (keepTimes) {
            sys.setModified(path, entry.modified);
          }
        }
      }
      return 0;
    } catch (OsException e) {
      io.err("tar: can't open '" + name + "': " + e.text());
      return 1;
    }
  }
}
