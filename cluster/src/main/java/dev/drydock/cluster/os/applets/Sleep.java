package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `sleep`.
///
/// @param until null before the first step
record Sleep(ImmutableList<String> argv, @Nullable Instant until) implements Program {
  private static final double SECONDS_MAX = 100L * 365 * 24 * 3600;

  @Override
  public Next step(Sys sys) {
    if (until != null) {
      return sys.now().isBefore(until) ? new Next.Block(this, Wait.until(until)) : new Next.Exit(0);
    }
    var io = new Io(sys);
    if (argv.size() < 2) {
      io.err("Usage: sleep [N]...");
      return new Next.Exit(1);
    }
    double seconds = 0;
    for (String word : argv.subList(1, argv.size())) {
      double one = seconds(word);
      if (one < 0) {
        io.err("sleep: invalid number '" + word + "'");
        return new Next.Exit(1);
      }
      seconds += one;
    }
    Instant end = sys.now().plus(duration(seconds));
    return new Next.Block(new Sleep(argv, end), Wait.until(end));
  }

  static Duration duration(double seconds) {
    return Duration.ofNanos((long) (Math.min(SECONDS_MAX, seconds) * 1e9));
  }

  /// Seconds of a number with an optional unit; -1 if it is none.
  static double seconds(String word) {
    if (word.equals("inf") || word.equals("infinity")) {
      return SECONDS_MAX;
    }
    String unit = word.isEmpty() ? "" : word.substring(word.length() - 1);
    int scale = List.of("s", "m", "h", "d").indexOf(unit);
    String digits = scale >= 0 ? word.substring(0, word.length() - 1) : word;
    if (!digits.matches("[0-9]{1,12}(\\.[0-9]*)?|\\.[0-9]+")) {
      return -1;
    }
    return Double.parseDouble(digits) * new int[] {1, 60, 3600, 86400}[Math.max(0, scale)];
  }
}
