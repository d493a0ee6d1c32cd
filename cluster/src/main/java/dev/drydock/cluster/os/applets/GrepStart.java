package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Paths;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Sys;
import java.util.ArrayList;
import java.util.List;

/// The beginning of `grep`: reads its patterns and finds the files of `-r`.
record GrepStart(ImmutableList<String> argv) implements Program {
  private static final int FILES_MAX = 10_000;

  @Override
  public Next step(Sys sys) {
    var io = new Io(sys);
    Options options = Options.parse(argv, "ivnclLqsowxhHrREFaIzm:A:B:C:e:f:{color:}{include:}");
    if (!options.error().isEmpty()) {
      int _ = options.complain(io);
      return new Next.Exit(2);
    }
    try {
      List<Regex> patterns = Grep.patterns(options, sys::readFile);
      boolean given = options.has("e") || options.has("f");
      ImmutableList<String> operands = options.operands();
      List<String> files = given ? operands : operands.subList(1, operands.size());
      boolean recursive = options.has("r") || options.has("R");
      if (recursive) {
        List<String> found = new ArrayList<>();
        for (String file : files.isEmpty() ? List.of(".") : files) {
          collect(sys, options, file, found, 0);
        }
        files = found;
        if (found.isEmpty()) {
          return new Next.Exit(1);
        }
      }
      boolean named = (files.size() > 1 || recursive || options.has("H")) && !options.has("h");
      var reduced = new Options(options.name(), options.values(), ImmutableList.copyOf(files), "");
      return new Next.Go(Filter.of(reduced, 0, new Grep(options, patterns, named)));
    } catch (UsageException e) {
      io.err(options.name() + ": " + e.getMessage());
      return new Next.Exit(2);
    } catch (OsException e) {
      io.err(options.name() + ": " + options.value("f", "") + ": " + e.text());
      return new Next.Exit(2);
    }
  }

  private static void collect(
      Sys sys, Options options, String path, List<String> found, int depth) {
    Sys.Stat stat = sys.statOrNull(path, depth == 0);
    if (stat == null || depth > 64 || found.size() > FILES_MAX) {
      if (stat == null) {
        found.add(path);
      }
      return;
    }
    if (!stat.isDirectory()) {
      if (stat.kind() == Sys.Kind.FILE) {
        found.add(path);
      }
      return;
    }
    try {
      for (String name : sys.list(path)) {
        collect(sys, options, Paths.join(path, name), found, depth + 1);
      }
    } catch (OsException _) {
      found.add(path);
    }
  }
}
