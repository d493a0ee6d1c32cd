package dev.drydock.cluster.apimachinery.meta;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// How times stand in objects: RFC 3339 in UTC, to the second (`metav1.Time`) or to the microsecond
/// (`metav1.MicroTime`).
public final class Times {
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter NANOS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final long SECONDS_MAX = Long.MAX_VALUE / 1_000_000_000;

  private Times() {}

  public static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  public static String micros(Instant time) {
    return MICROS.format(time);
  }

  /// As container logs have it.
  public static String nanos(Instant time) {
    return NANOS.format(time);
  }

  /// A time so many seconds after another, or before it when they are negative; at most 292 years,
  /// which is as far as Go's durations go.
  public static Instant after(Instant time, long seconds) {
    return time.plusSeconds(Math.clamp(seconds, -SECONDS_MAX, SECONDS_MAX));
  }

  public static Optional<Instant> parse(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
