package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.Wait;
import java.util.HashMap;
import java.util.Map;

/// `dd`: copies blocks.
///
/// @param in descriptor; -1 before it starts
/// @param left how many bytes are still to be copied
record Dd(ImmutableList<String> argv, int in, int out, int block, long left, long skip, long copied)
    implements Program {
  private static final int PIECE = 1 << 18;

  static Applet applet() {
    return (argv, _) -> new Dd(argv, -1, -1, 512, Long.MAX_VALUE, 0, 0);
  }

  @Override
  public Next step(Sys sys) {
    var io = new Io(sys);
    if (in < 0) {
      return start(sys, io);
    }
    if (left <= 0) {
      return finish(io, copied, 0);
    }
    String piece = sys.read(in, (int) Math.min(PIECE, skip > 0 ? skip : left));
    if (piece == null) {
      return new Next.Block(this, Wait.readable(in));
    }
    if (piece.isEmpty()) {
      return finish(io, copied, 0);
    }
    sys.charge(1 + piece.length() / 4096);
    if (skip > 0) {
      return new Next.Go(new Dd(argv, in, out, block, left, skip - piece.length(), copied));
    }
    try {
      sys.write(out, piece);
    } catch (OsException e) {
      io.err("dd: error writing '" + argument("of", "standard output") + "': " + e.text());
      return finish(io, copied, 1);
    }
    long done = copied + piece.length();
    return new Next.Go(new Dd(argv, in, out, block, left - piece.length(), 0, done));
  }

  private String argument(String name, String otherwise) {
    return arguments().getOrDefault(name, otherwise);
  }

  private Map<String, String> arguments() {
    Map<String, String> all = new HashMap<>();
    for (String word : argv) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        all.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return all;
  }

  private Next start(Sys sys, Io io) {
    Map<String, String> all = arguments();
    String name = "";
    try {
      long size = Numbers.parse(all.getOrDefault("bs", all.getOrDefault("ibs", "512")));
      int bs = (int) Math.clamp(size, 1, 1 << 30);
      long count =
          all.containsKey("count")
              ? Numbers.parse(all.getOrDefault("count", "0")) * bs
              : Long.MAX_VALUE;
      long skipped = Numbers.parse(all.getOrDefault("skip", "0")) * bs;
      name = all.getOrDefault("if", "");
      int from = name.isEmpty() ? 0 : sys.open(name, Sys.Open.READ);
      name = all.getOrDefault("of", "");
      boolean keep = all.getOrDefault("conv", "").contains("notrunc") || all.containsKey("seek");
      int to = name.isEmpty() ? 1 : sys.open(name, keep ? Sys.Open.UPDATE : Sys.Open.WRITE);
      if (all.containsKey("seek")) {
        long _ = sys.seek(to, Numbers.parse(all.getOrDefault("seek", "0")) * bs);
      }
      return new Next.Go(new Dd(argv, from, to, bs, count, skipped, 0));
    } catch (UsageException e) {
      io.err("dd: " + e.getMessage());
    } catch (OsException e) {
      io.err("dd: can't open '" + name + "': " + e.text());
    }
    return new Next.Exit(1);
  }

  private Next finish(Io io, long bytes, int status) {
    if (!argument("status", "").equals("none")) {
      String records = bytes / block + "+" + (bytes % block == 0 ? 0 : 1);
      io.err(records + " records in");
      io.err(records + " records out");
      if (!argument("status", "").equals("noxfer")) {
        io.err("%d bytes (%sB) copied, 0.001000 seconds".formatted(bytes, Numbers.human(bytes)));
      }
    }
    return new Next.Exit(status);
  }
}
