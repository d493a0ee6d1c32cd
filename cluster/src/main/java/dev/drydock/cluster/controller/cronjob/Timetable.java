package dev.drydock.cluster.controller.cronjob;

import dev.drydock.cluster.apimachinery.cron.CronFormatException;
import dev.drydock.cluster.apimachinery.cron.CronSchedule;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.controller.Pods;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/// When a cron job was due and when it will be. Models pkg/controller/cronjob/utils.go.
///
/// @param due the last time that was due and has not been served
/// @param missed how many such times there were
/// @param next the first time still to come
record Timetable(Optional<Instant> due, int missed, Optional<Instant> next) {
  private static final Duration LOOK_BACK_MAX = Duration.ofDays(7);

  /// @throws CronFormatException for a schedule that is none
  static Timetable of(JsonObject cronJob, Instant now) throws CronFormatException {
    CronSchedule schedule = CronSchedule.parse(cronJob.string("spec", "schedule"));
    ZoneId zone = zone(cronJob.string("spec", "timeZone"));
    Optional<Instant> due = Optional.empty();
    int missed = 0;
    Optional<Instant> time = schedule.next(since(cronJob, now), zone);
    while (time.isPresent() && !time.get().isAfter(now)) {
      due = time;
      missed++;
      time = schedule.next(time.get(), zone);
    }
    return new Timetable(due, missed, time);
  }

  private static ZoneId zone(String name) {
    try {
      return name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }

  /// From where on times count: the last that was served, but not from before the starting
  /// deadline.
  private static Instant since(JsonObject cronJob, Instant now) {
    Instant served =
        Times.parse(cronJob.string("status", "lastScheduleTime")).orElse(Pods.created(cronJob));
    long deadlineSeconds = cronJob.integer(-1, "spec", "startingDeadlineSeconds");
    Duration back = deadlineSeconds >= 0 ? Duration.ofSeconds(deadlineSeconds) : LOOK_BACK_MAX;
    Instant earliest = now.minus(back.compareTo(LOOK_BACK_MAX) > 0 ? LOOK_BACK_MAX : back);
    return served.isBefore(earliest) ? earliest : served;
  }
}
