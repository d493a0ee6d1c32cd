package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Signals;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.Wait;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `timeout`: runs a command and kills it when its time is over.
///
/// @param child null before it is started
record Timeout(
    ImmutableList<String> argv,
    ImmutableMap<String, String> env,
    Sys.@Nullable Child child,
    @Nullable Instant deadline,
    int signal,
    @Nullable Duration killAfter,
    boolean expired)
    implements Program {

  static Applet applet() {
    return (argv, env) -> new Timeout(argv, env, null, null, Signals.TERM, null, false);
  }

  @Override
  public Next step(Sys sys) {
    if (child == null) {
      return start(sys);
    }
    Sys.Ended ended = sys.waitFor(child.handle());
    if (ended != null) {
      boolean killed = expired && ended.signal() != 0;
      return new Next.Exit(killed && ended.signal() != Signals.KILL ? 143 : ended.status());
    }
    if (deadline != null && !sys.now().isBefore(deadline)) {
      sys.kill(child.pid(), expired ? Signals.KILL : signal);
      Instant next = killAfter == null || expired ? null : sys.now().plus(killAfter);
      var waiting = new Timeout(argv, env, child, next, signal, killAfter, true);
      return new Next.Block(waiting, Wait.forChild().orAt(next));
    }
    return new Next.Block(this, Wait.forChild().orAt(deadline));
  }

  private Next start(Sys sys) {
    var io = new Io(sys);
    Options options = Options.parse(argv, "+s:k:");
    ImmutableList<String> words = options.operands();
    if (!options.error().isEmpty() || words.size() < 2) {
      io.err("Usage: timeout [-s SIG] [-k KILL_SECS] SECS PROG ARGS");
      return new Next.Exit(1);
    }
    double seconds = Sleep.seconds(words.get(0));
    int number = Signals.parse(options.value("s", "TERM"));
    if (seconds < 0 || number < 0) {
      io.err("timeout: invalid number '" + words.get(0) + "'");
      return new Next.Exit(1);
    }
    Duration kill =
        options.has("k")
            ? Sleep.duration(Math.max(0, Sleep.seconds(options.value("k", "0"))))
            : null;
    try {
      Sys.Child started = sys.fork(new Launch("timeout", words.subList(1, words.size()), env));
      Instant end = sys.now().plus(Sleep.duration(seconds));
      var waiting = new Timeout(argv, env, started, end, number, kill, false);
      return new Next.Block(waiting, Wait.forChild().orAt(end));
    } catch (OsException e) {
      io.err("timeout: can't fork: " + e.text());
      return new Next.Exit(1);
    }
  }
}
