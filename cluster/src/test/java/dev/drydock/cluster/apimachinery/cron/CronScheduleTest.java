package dev.drydock.cluster.apimachinery.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronScheduleTest {
  private static final ZoneId UTC = ZoneId.of("UTC");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* * * * *|2026-01-01T00:00:30Z|2026-01-01T00:01:00Z",
        "* * * * *|2026-01-01T00:01:00Z|2026-01-01T00:02:00Z",
        "*/15 * * * *|2026-01-01T00:16:00Z|2026-01-01T00:30:00Z",
        "0 3 * * *|2026-01-01T04:00:00Z|2026-01-02T03:00:00Z",
        "30 9-17/4 * * mon-fri|2026-01-03T00:00:00Z|2026-01-05T09:30:00Z",
        "0 0 29 feb *|2026-01-01T00:00:00Z|2028-02-29T00:00:00Z",
        "0 0 13 * 5|2026-01-10T00:00:00Z|2026-01-13T00:00:00Z",
        "5/20 * * * *|2026-01-01T00:06:00Z|2026-01-01T00:25:00Z",
        "@hourly|2026-01-01T00:00:00Z|2026-01-01T01:00:00Z",
        "@weekly|2026-01-01T00:00:00Z|2026-01-04T00:00:00Z"
      })
  void findsTheNextRun(String schedule, Instant after, Instant next) throws Exception {
    assertThat(CronSchedule.parse(schedule).next(after, UTC)).contains(next);
  }

  @Test
  void runsByTheClockOfItsZone() throws Exception {
    assertThat(
            CronSchedule.parse("0 3 * * *")
                .next(Instant.parse("2026-07-01T00:00:00Z"), ZoneId.of("Europe/Paris")))
        .contains(Instant.parse("2026-07-01T01:00:00Z"));
  }

  @Test
  void leavesOutAnHourThatItsZoneSkips() throws Exception {
    assertThat(
            CronSchedule.parse("30 2 * * *")
                .next(Instant.parse("2026-03-28T23:00:00Z"), ZoneId.of("Europe/Paris")))
        .contains(Instant.parse("2026-03-30T00:30:00Z"));
  }

  @Test
  void hasNoNextRunOnADayThereIsNot() throws Exception {
    assertThat(CronSchedule.parse("0 0 30 2 *").next(Instant.EPOCH, UTC)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nope|expected exactly 5 fields, found 1: [nope]",
        "* * * *|expected exactly 5 fields, found 4: [* * * *]",
        "61 * * * *|end of range (61) above maximum (59): 61",
        "* * 0 * *|beginning of range (0) below minimum (1): 0",
        "10-5 * * * *|beginning of range (10) beyond end of range (5): 10-5",
        "*/0 * * * *|step of range should be a positive number: */0",
        "1-2-3 * * * *|too many hyphens: 1-2-3",
        "1/2/3 * * * *|too many slashes: 1/2/3",
        "x * * * *|failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax",
        "@often|unrecognized descriptor: @often"
      })
  void saysWhatIsWrongAsTheLibraryDoes(String schedule, String message) {
    assertThatThrownBy(() -> CronSchedule.parse(schedule)).hasMessage(message);
  }
}
