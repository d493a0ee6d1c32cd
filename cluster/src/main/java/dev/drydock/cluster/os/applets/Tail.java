package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `tail -f`: prints what comes to its files, looking once a second.
///
/// @param files that it follows
/// @param offsets how far each was read; -1 for one that is not there yet
/// @param last index of the file printed last
record Tail(ImmutableList<String> files, ImmutableList<Long> offsets, int last, boolean retry)
    implements Program {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  static Applet applet() {
    return (argv, _) -> {
      boolean old = argv.size() > 1 && argv.get(1).matches("-[0-9]+");
      var adapted =
          old
              ? ImmutableList.<String>builder()
                  .add(argv.get(0), "-n", argv.get(1).substring(1))
                  .addAll(argv.subList(2, argv.size()))
                  .build()
              : argv;
      Options options = Options.parse(adapted, "fFqvn:c:s:{pid:}{follow}{retry}");
      if (!options.error().isEmpty()) {
        return new Once((io, _) -> options.complain(io), argv);
      }
      boolean follows = (options.has("f") || options.has("F")) && !options.operands().isEmpty();
      return follows
          ? new Tail(options.operands(), ImmutableList.of(), -1, options.has("F")).starting(options)
          : Slurp.of(argv.get(0), options, 0, Tail::print);
    };
  }

  private Program starting(Options options) {
    return new Starting(options, this);
  }

  /// The first step: what the files hold already.
  private record Starting(Options options, Tail tail) implements Program {
    @Override
    public Next step(Sys sys) {
      var io = new Io(sys);
      var sources = ImmutableList.<Slurp.Source>builder();
      List<Long> offsets = new ArrayList<>();
      for (String file : tail.files) {
        try {
          String text = sys.readFile(file);
          sources.add(new Slurp.Source(file, text, ""));
          offsets.add((long) text.length());
        } catch (OsException e) {
          io.err("tail: " + file + ": " + e.text());
          offsets.add(-1L);
        }
      }
      int _ = print(io, options, sources.build());
      io.flush();
      if (offsets.stream().allMatch(o -> o < 0) && !tail.retry) {
        io.err("tail: no files");
        return new Next.Exit(1);
      }
      var following =
          new Tail(tail.files, ImmutableList.copyOf(offsets), tail.files.size() - 1, tail.retry);
      return new Next.Block(following, Wait.until(sys.now().plus(INTERVAL)));
    }
  }

  static int print(Io io, Options options, ImmutableList<Slurp.Source> sources) {
    boolean bytes = options.has("c");
    String spec = bytes ? options.value("c", "10") : options.value("n", "10");
    boolean titled = (sources.size() > 1 || options.has("v")) && !options.has("q");
    boolean first = true;
    int status = 0;
    for (Slurp.Source source : sources) {
      if (!source.error().isEmpty()) {
        io.err("tail: can't open '" + source.name() + "': " + source.error());
        status = 1;
        continue;
      }
      if (titled) {
        io.out((first ? "" : "\n") + "==> " + source.name() + " <==\n");
      }
      first = false;
      try {
        io.out(TextApplets.tail(source.text(), spec, bytes));
      } catch (UsageException e) {
        io.err("tail: " + e.getMessage());
        return 1;
      }
    }
    return status;
  }

  @Override
  public Next step(Sys sys) {
    var io = new Io(sys);
    List<Long> moved = new ArrayList<>(offsets);
    int shown = last;
    for (int i = 0; i < files.size(); i++) {
      Sys.Stat stat = sys.statOrNull(files.get(i), true);
      long offset = Math.max(0, moved.get(i));
      if (stat == null || stat.size() == offset) {
        continue;
      }
      String text = sys.readFile(files.get(i));
      String fresh = text.length() < offset ? text : text.substring((int) offset);
      if (files.size() > 1 && shown != i) {
        io.out("\n==> " + files.get(i) + " <==\n");
        shown = i;
      }
      io.out(fresh);
      moved.set(i, (long) text.length());
    }
    io.flush();
    return new Next.Block(
        new Tail(files, ImmutableList.copyOf(moved), shown, retry),
        Wait.until(sys.now().plus(INTERVAL)));
  }
}
