package dev.drydock.cluster.apimachinery.cron;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/// One field of a schedule: the numbers it allows.
///
/// @param starred whether it was left open with `*` or `?`
record CronField(BitSet allowed, boolean starred) {

  /// Where a field stands, which numbers it may have, and their names.
  enum Position {
    MINUTE(0, 59),
    HOUR(0, 23),
    DAY_OF_MONTH(1, 31),
    MONTH(
        1, 12, "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    DAY_OF_WEEK(0, 6, "sun", "mon", "tue", "wed", "thu", "fri", "sat");

    private final int min;
    private final int max;
    private final ImmutableList<String> names;

    Position(int min, int max, String... names) {
      this.min = min;
      this.max = max;
      this.names = ImmutableList.copyOf(names);
    }
  }

  static CronField parse(String text, Position position) throws CronFormatException {
    BitSet allowed = new BitSet();
    boolean starred = false;
    for (String range : Splitter.on(',').omitEmptyStrings().split(text)) {
      starred |= addRange(range, position, allowed);
    }
    return new CronField(allowed, starred);
  }

  /// Whether the range is a star with all it allows.
  private static boolean addRange(String text, Position position, BitSet allowed)
      throws CronFormatException {
    List<String> rangeAndStep = Splitter.on('/').splitToList(text);
    List<String> lowAndHigh = Splitter.on('-').splitToList(rangeAndStep.getFirst());
    String low = lowAndHigh.getFirst();
    boolean star = low.equals("*") || low.equals("?");
    if (!star && lowAndHigh.size() > 2) {
      throw new CronFormatException("too many hyphens: " + text);
    }
    long start = star ? position.min : number(low, position);
    long end =
        star ? position.max : lowAndHigh.size() == 1 ? start : number(lowAndHigh.get(1), position);
    if (rangeAndStep.size() > 2) {
      throw new CronFormatException("too many slashes: " + text);
    }
    boolean stepped = rangeAndStep.size() == 2;
    long step = stepped ? number(rangeAndStep.get(1)) : 1;
    if (stepped && lowAndHigh.size() == 1) {
      end = position.max;
    }
    check(start, end, step, position, text);
    for (long i = start; i <= end; i += step) {
      allowed.set((int) i);
    }
    return star && step == 1;
  }

  private static void check(long start, long end, long step, Position position, String text)
      throws CronFormatException {
    if (start < position.min) {
      throw new CronFormatException(
          "beginning of range (%d) below minimum (%d): %s".formatted(start, position.min, text));
    }
    if (end > position.max) {
      throw new CronFormatException(
          "end of range (%d) above maximum (%d): %s".formatted(end, position.max, text));
    }
    if (start > end) {
      throw new CronFormatException(
          "beginning of range (%d) beyond end of range (%d): %s".formatted(start, end, text));
    }
    if (step == 0) {
      throw new CronFormatException("step of range should be a positive number: " + text);
    }
  }

  private static long number(String text, Position position) throws CronFormatException {
    int name = position.names.indexOf(text.toLowerCase(Locale.ROOT));
    return name < 0 ? number(text) : name + position.min;
  }

  private static long number(String text) throws CronFormatException {
    if (!text.matches("[-+]?[0-9]{1,18}")) {
      throw new CronFormatException(
          "failed to parse int from %s: strconv.Atoi: parsing \"%s\": invalid syntax"
              .formatted(text, text));
    }
    long number = Long.parseLong(text);
    if (number < 0) {
      throw new CronFormatException("negative number (%d) not allowed: %s".formatted(number, text));
    }
    return number;
  }
}
