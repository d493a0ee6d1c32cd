package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Paths;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.shell.Glob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `find`: walks trees and prints, deletes or runs commands on what matches. Models busybox
/// findutils/find.c for the common tests, joined by and, `-o` and `!`.
final class Find {
  private static final int FOUND_MAX = 50_000;
  private static final int DEPTH_MAX = 200;

  private final Io io;
  private final Sys sys;
  private final ImmutableList<String> words;
  private final int expression;
  private final List<ImmutableList<String>> commands = new ArrayList<>();
  private final List<List<String>> batches = new ArrayList<>();
  private int at;
  private int maxDepth = DEPTH_MAX;
  private int minDepth;
  private boolean pruned;
  private boolean depthFirst;
  private boolean acted;
  private int count;
  private int status;

  private Find(Io io, ImmutableList<String> argv) {
    this.io = io;
    this.sys = io.sys();
    this.words = argv;
    int first = 1;
    while (first < argv.size() && !argv.get(first).matches("[-!(].*")) {
      first++;
    }
    this.expression = first;
  }

  record Start(ImmutableList<String> argv, ImmutableMap<String, String> env) implements Program {
    @Override
    public Next step(Sys sys) {
      var io = new Io(sys);
      var find = new Find(io, argv);
      try {
        find.run();
      } catch (UsageException e) {
        io.err("find: " + e.getMessage());
        return new Next.Exit(1);
      }
      io.flush();
      for (List<String> batch : find.batches) {
        find.commands.add(ImmutableList.copyOf(batch));
      }
      return find.commands.isEmpty()
          ? new Next.Exit(find.status)
          : new Next.Go(
              RunEach.of("find", ImmutableList.copyOf(find.commands), env, find.status, 0));
    }
  }

  private void run() throws UsageException {
    for (int i = expression; i < words.size(); i++) {
      if (words.get(i).equals("-maxdepth") || words.get(i).equals("-mindepth")) {
        String value = i + 1 < words.size() ? words.get(i + 1) : "";
        if (!value.matches("[0-9]{1,4}")) {
          throw new UsageException("invalid number '" + value + "'");
        }
        if (words.get(i).equals("-maxdepth")) {
          maxDepth = Integer.parseInt(value);
        } else {
          minDepth = Integer.parseInt(value);
        }
      }
      depthFirst |= words.get(i).equals("-delete") || words.get(i).equals("-depth");
    }
    List<String> roots = expression == 1 ? List.of(".") : words.subList(1, expression);
    for (String root : roots) {
      walk(root, 0);
    }
  }

  private void walk(String path, int depth) throws UsageException {
    Sys.Stat stat = sys.statOrNull(path, false);
    if (stat == null) {
      io.err("find: " + path + ": No such file or directory");
      status = 1;
      return;
    }
    if (++count > FOUND_MAX) {
      throw new UsageException("too many files");
    }
    sys.charge(1);
    pruned = false;
    if (!depthFirst && depth >= minDepth) {
      visit(path, stat);
    }
    if (stat.isDirectory() && depth < maxDepth && !pruned) {
      try {
        for (String name : sys.list(path)) {
          walk(Paths.join(path, name), depth + 1);
        }
      } catch (OsException e) {
        io.err("find: " + path + ": " + e.text());
        status = 1;
      }
    }
    if (depthFirst && depth >= minDepth) {
      visit(path, stat);
    }
  }

  private void visit(String path, Sys.Stat stat) throws UsageException {
    at = expression;
    acted = false;
    boolean result = or(path, stat, true);
    if (at < words.size()) {
      throw new UsageException("unrecognized: " + words.get(at));
    }
    if (result && !acted) {
      io.line(path);
    }
  }

  private boolean or(String path, Sys.Stat stat, boolean live) throws UsageException {
    boolean value = and(path, stat, live);
    while (at < words.size() && words.get(at).matches("-o|-or")) {
      at++;
      boolean right = and(path, stat, live && !value);
      value = value || right;
    }
    return value;
  }

  private boolean and(String path, Sys.Stat stat, boolean live) throws UsageException {
    boolean value = true;
    while (at < words.size() && !words.get(at).matches("-o|-or|\\)")) {
      if (words.get(at).matches("-a|-and")) {
        at++;
        continue;
      }
      boolean right = primary(path, stat, live && value);
      value = value && right;
    }
    return value;
  }

  private String argument() throws UsageException {
    if (at >= words.size()) {
      throw new UsageException("missing argument");
    }
    return words.get(at++);
  }

  private boolean primary(String path, Sys.Stat stat, boolean live) throws UsageException {
    String test = words.get(at++);
    switch (test) {
      case "!", "-not" -> {
        return !primary(path, stat, live);
      }
      case "(" -> {
        boolean value = or(path, stat, live);
        if (!argument().equals(")")) {
          throw new UsageException("unpaired '('");
        }
        return value;
      }
      case "-name" -> {
        return Glob.matches(argument(), Paths.baseName(path));
      }
      case "-iname" -> {
        return Glob.matches(
            argument().toLowerCase(Locale.ROOT), Paths.baseName(path).toLowerCase(Locale.ROOT));
      }
      case "-path", "-wholename" -> {
        return Glob.matches(argument(), path);
      }
      case "-type" -> {
        String kind = argument();
        return switch (stat.kind()) {
          case FILE -> kind.equals("f");
          case DIRECTORY -> kind.equals("d");
          case LINK -> kind.equals("l");
          case DEVICE -> kind.equals("c");
        };
      }
      case "-size" -> {
        return size(argument(), stat.size());
      }
      case "-empty" -> {
        return stat.isDirectory() ? sys.list(path).isEmpty() : stat.size() == 0;
      }
      case "-user" -> {
        return stat.meta().uid() == Users.id(sys, false, argument());
      }
      case "-perm" -> {
        String mode = argument();
        int bits = Modes.parse(mode.replaceFirst("^[-/]", ""), 0);
        return mode.startsWith("-")
            ? (stat.meta().mode() & bits) == bits
            : stat.meta().mode() == bits;
      }
      case "-mtime", "-mmin" -> {
        long minutes = Duration.between(stat.meta().modified(), sys.now()).toMinutes();
        return compare(argument(), test.equals("-mtime") ? minutes / 1440 : minutes);
      }
      case "-newer" -> {
        return stat.meta().modified().isAfter(sys.stat(argument()).meta().modified());
      }
      case "-maxdepth", "-mindepth" -> {
        String _ = argument();
        return true;
      }
      case "-depth", "-true", "-xdev", "-follow" -> {
        return true;
      }
      case "-prune" -> {
        pruned |= live;
        return true;
      }
      case "-print", "-print0" -> {
        acted = true;
        if (live) {
          io.out(path + (test.equals("-print0") ? "\0" : "\n"));
        }
        return true;
      }
      case "-delete" -> {
        acted = true;
        if (live && FileApplets.remove(io, path, DEPTH_MAX) != 0) {
          status = 1;
        }
        return true;
      }
      case "-exec" -> {
        return exec(path, live);
      }
      default -> throw new UsageException("unrecognized: " + test);
    }
  }

  private boolean exec(String path, boolean live) throws UsageException {
    acted = true;
    List<String> command = new ArrayList<>();
    String word = argument();
    while (!word.equals(";") && !word.equals("+")) {
      command.add(word);
      word = argument();
    }
    if (!live) {
      return false;
    }
    if (word.equals("+")) {
      command.remove("{}");
      for (List<String> batch : batches) {
        if (batch.size() >= command.size() && batch.subList(0, command.size()).equals(command)) {
          batch.add(path);
          return true;
        }
      }
      command.add(path);
      batches.add(command);
      return true;
    }
    command.replaceAll(w -> w.replace("{}", path));
    commands.add(ImmutableList.copyOf(command));
    return true;
  }

  private static boolean size(String spec, long bytes) throws UsageException {
    String unit = spec.replaceFirst("^[-+]?[0-9]+", "");
    long scale =
        switch (unit) {
          case "c" -> 1;
          case "k" -> 1024;
          case "M" -> 1 << 20;
          case "", "b" -> 512;
          default -> throw new UsageException("invalid number '" + spec + "'");
        };
    String number = spec.substring(0, spec.length() - unit.length());
    return compare(number, (bytes + scale - 1) / scale);
  }

  private static boolean compare(String spec, long value) throws UsageException {
    long wanted = Math.abs(Numbers.parse(spec));
    return spec.startsWith("+")
        ? value > wanted
        : spec.startsWith("-") ? value < wanted : value == wanted;
  }
}
