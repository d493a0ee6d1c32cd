package dev.drydock.cluster.apimachinery.schema;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Reads and writes the API's two forms of time, with the messages of Go's time package.
public final class GoTime {

  /// Whole seconds, and microseconds.
  public enum Layout {
    SECONDS("2006-01-02T15:04:05Z07:00", "uuuu-MM-dd'T'HH:mm:ss'Z'"),
    MICROS("2006-01-02T15:04:05.000000Z07:00", "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    private final String go;
    private final DateTimeFormatter formatter;

    Layout(String go, String pattern) {
      this.go = go;
      this.formatter = DateTimeFormatter.ofPattern(pattern);
    }

    /// A time in UTC, as the API server writes it.
    public String format(OffsetDateTime time) {
      return formatter.format(time.withOffsetSameInstant(ZoneOffset.UTC));
    }
  }

  private static final String[] FIELDS = {
    "2006", "-", "01", "-", "02", "T", "15", ":", "04", ":", "05"
  };

  private final Layout layout;
  private final String text;
  private int at;

  private GoTime(Layout layout, String text) {
    this.layout = layout;
    this.text = text;
  }

  public static OffsetDateTime parse(Layout layout, String text) throws DecodingException {
    return new GoTime(layout, text).parse();
  }

  private OffsetDateTime parse() throws DecodingException {
    int[] numbers = new int[6];
    int number = 0;
    for (String field : FIELDS) {
      if (Character.isDigit(field.charAt(0))) {
        numbers[number++] = digits(field);
      } else {
        literal(field);
      }
    }
    int nanos = fraction();
    ZoneOffset zone = zone();
    if (at < text.length()) {
      throw problem(": extra text: " + quoted(text.substring(at)));
    }
    checkRanges(numbers);
    return LocalDateTime.of(
            numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], nanos)
        .atOffset(zone);
  }

  private int digits(String field) throws DecodingException {
    int end = at + field.length();
    if (end > text.length()
        || !text.substring(at, end).chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw cannotParse(at, field);
    }
    int value = Integer.parseInt(text.substring(at, end));
    at = end;
    return value;
  }

  private void literal(String literal) throws DecodingException {
    if (!text.startsWith(literal, at)) {
      throw cannotParse(at, literal);
    }
    at += literal.length();
  }

  /// A fraction may follow the seconds even where the layout has none; the layout with one needs
  /// six digits.
  private int fraction() throws DecodingException {
    int start = at;
    if (at < text.length() && text.charAt(at) == '.') {
      int end = at + 1;
      while (end < text.length() && Character.isDigit(text.charAt(end))) {
        end++;
      }
      at = end == at + 1 ? at : end;
    }
    if (layout == Layout.MICROS && at - start != ".000000".length()) {
      throw cannotParse(start, ".000000");
    }
    String digits = at == start ? "" : text.substring(start + 1, Math.min(at, start + 10));
    return digits.isEmpty() ? 0 : Integer.parseInt((digits + "000000000").substring(0, 9));
  }

  private ZoneOffset zone() throws DecodingException {
    if (text.startsWith("Z", at)) {
      at++;
      return ZoneOffset.UTC;
    }
    int end = at + "+07:00".length();
    if (end > text.length() || !text.substring(at, end).matches("[+-][0-9]{2}:[0-9]{2}")) {
      throw cannotParse(at, "Z07:00");
    }
    try {
      ZoneOffset offset = ZoneOffset.of(text.substring(at, end));
      at = end;
      return offset;
    } catch (DateTimeException e) {
      throw problem(": time zone offset hour out of range");
    }
  }

  private void checkRanges(int[] numbers) throws DecodingException {
    String wrong =
        numbers[1] < 1 || numbers[1] > 12
            ? "month"
            : numbers[2] < 1 || numbers[2] > daysIn(numbers[0], numbers[1])
                ? "day"
                : numbers[3] > 23
                    ? "hour"
                    : numbers[4] > 59 ? "minute" : numbers[5] > 59 ? "second" : "";
    if (!wrong.isEmpty()) {
      throw problem(": " + wrong + " out of range");
    }
  }

  private static int daysIn(int year, int month) {
    return java.time.YearMonth.of(year, month).lengthOfMonth();
  }

  private DecodingException cannotParse(int from, String element) {
    return problem(
        " as %s: cannot parse %s as %s"
            .formatted(quoted(layout.go), quoted(text.substring(from)), quoted(element)));
  }

  private DecodingException problem(String what) {
    return new DecodingException("parsing time " + quoted(text) + what);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
