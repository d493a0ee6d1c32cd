package dev.drydock.cluster.apimachinery.cron;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import dev.drydock.cluster.apimachinery.cron.CronField.Position;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/// When a cron job runs: five fields, or a word such as `@hourly`.
///
/// Models github.com/robfig/cron/v3.
public final class CronSchedule {
  private static final int FIELDS = 5;
  private static final int YEARS_MAX = 5;

  private final CronField minutes;
  private final CronField hours;
  private final CronField daysOfMonth;
  private final CronField months;
  private final CronField daysOfWeek;

  private CronSchedule(List<String> fields) throws CronFormatException {
    minutes = CronField.parse(fields.get(0), Position.MINUTE);
    hours = CronField.parse(fields.get(1), Position.HOUR);
    daysOfMonth = CronField.parse(fields.get(2), Position.DAY_OF_MONTH);
    months = CronField.parse(fields.get(3), Position.MONTH);
    daysOfWeek = CronField.parse(fields.get(4), Position.DAY_OF_WEEK);
  }

  /// Reads a schedule. A time zone in it (`TZ=…`) is checked and left out.
  public static CronSchedule parse(String text) throws CronFormatException {
    if (text.isEmpty()) {
      throw new CronFormatException("empty spec string");
    }
    String spec = withoutZone(text);
    if (spec.startsWith("@")) {
      return new CronSchedule(Splitter.on(' ').splitToList(descriptor(spec)));
    }
    List<String> fields =
        Splitter.on(CharMatcher.whitespace()).omitEmptyStrings().splitToList(spec);
    if (fields.size() != FIELDS) {
      throw new CronFormatException(
          "expected exactly %d fields, found %d: [%s]"
              .formatted(FIELDS, fields.size(), String.join(" ", fields)));
    }
    return new CronSchedule(fields);
  }

  private static String withoutZone(String text) throws CronFormatException {
    if (!text.startsWith("TZ=") && !text.startsWith("CRON_TZ=")) {
      return text;
    }
    int space = text.indexOf(' ');
    String zone = text.substring(text.indexOf('=') + 1, space < 0 ? text.length() : space);
    if (!ZoneId.getAvailableZoneIds().contains(zone)) {
      throw new CronFormatException(
          "provided bad location %s: unknown time zone %s".formatted(zone, zone));
    }
    return space < 0 ? "" : text.substring(space).strip();
  }

  /// `@every` counts from the last run, not by the clock, and so is nothing for five fields; it is
  /// read as the nearest whole number of minutes below an hour.
  private static String descriptor(String word) throws CronFormatException {
    return switch (word) {
      case "@yearly", "@annually" -> "0 0 1 1 *";
      case "@monthly" -> "0 0 1 * *";
      case "@weekly" -> "0 0 * * 0";
      case "@daily", "@midnight" -> "0 0 * * *";
      case "@hourly" -> "0 * * * *";
      default -> {
        if (word.startsWith("@every ")) {
          yield every(word.substring("@every ".length()));
        }
        throw new CronFormatException("unrecognized descriptor: " + word);
      }
    };
  }

  private static String every(String text) throws CronFormatException {
    if (!text.matches("([0-9]+h)?([0-9]+m)?([0-9]+s)?") || text.isEmpty()) {
      throw new CronFormatException(
          "failed to parse duration @every %s: time: invalid duration \"%s\""
              .formatted(text, text));
    }
    long minutes =
        Math.max(1, Duration.parse("PT" + text.toUpperCase(java.util.Locale.ROOT)).toMinutes());
    return minutes < 60
        ? "*/" + minutes + " * * * *"
        : "0 */" + Math.min(23, minutes / 60) + " * * *";
  }

  /// The first run after a time; empty where there is none within five years, as for the 30th of
  /// February. A run in the hour that a time zone skips is left out.
  public Optional<Instant> next(Instant after, ZoneId zone) {
    ZonedDateTime from = after.atZone(zone);
    LocalDate last = from.toLocalDate().plusYears(YEARS_MAX);
    for (LocalDate day = from.toLocalDate(); day.isBefore(last); day = day.plusDays(1)) {
      if (matches(day)) {
        Optional<Instant> run = firstOn(day, after, zone);
        if (run.isPresent()) {
          return run;
        }
      }
    }
    return Optional.empty();
  }

  /// With both days given, either is enough.
  private boolean matches(LocalDate day) {
    boolean ofMonth = daysOfMonth.allowed().get(day.getDayOfMonth());
    boolean ofWeek = daysOfWeek.allowed().get(day.getDayOfWeek().getValue() % 7);
    boolean open = daysOfMonth.starred() || daysOfWeek.starred();
    return months.allowed().get(day.getMonthValue())
        && (open ? ofMonth && ofWeek : ofMonth || ofWeek);
  }

  private Optional<Instant> firstOn(LocalDate day, Instant after, ZoneId zone) {
    return hours.allowed().stream()
        .boxed()
        .flatMap(hour -> minutes.allowed().stream().mapToObj(minute -> day.atTime(hour, minute)))
        .filter(time -> exists(time, zone))
        .map(time -> time.atZone(zone).toInstant())
        .filter(run -> run.isAfter(after))
        .findFirst();
  }

  private static boolean exists(LocalDateTime time, ZoneId zone) {
    return !zone.getRules().getValidOffsets(time).isEmpty();
  }
}
