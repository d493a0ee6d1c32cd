package dev.drydock.cluster.os.applets;

import java.util.Comparator;
import java.util.List;

/// The order `sort` puts lines in: keys (`-k`), each by bytes, numbers or sizes.
final class SortOrder {
  private SortOrder() {}

  static Comparator<String> of(Options options) throws UsageException {
    Comparator<String> order = null;
    boolean reverse = options.has("r");
    String separator = options.value("t", "");
    List<String> keys = options.values().get("k");
    for (String key : keys) {
      if (!key.matches(
          "[0-9]{1,4}(\\.[0-9]{1,4})?[a-zA-Z]*(,[0-9]{1,4}(\\.[0-9]{1,4})?[a-zA-Z]*)?")) {
        throw new UsageException("bad field specification '" + key + "'");
      }
      String[] ends = key.split(",");
      String flags = key.replaceAll("[0-9.,]", "");
      int from = start(ends[0]);
      int to = ends.length > 1 ? start(ends[1]) : Integer.MAX_VALUE;
      boolean numeric = flags.contains("n") || (flags.isEmpty() && options.has("n"));
      boolean human = flags.contains("h") || (flags.isEmpty() && options.has("h"));
      Comparator<String> one =
          Comparator.comparing(
              line -> field(line, separator, from, to), values(numeric, human, options.has("f")));
      if (flags.contains("r") || (flags.isEmpty() && reverse)) {
        one = one.reversed();
      }
      order = order == null ? one : order.thenComparing(one);
    }
    Comparator<String> whole =
        values(options.has("n") || options.has("g"), options.has("h"), options.has("f"));
    if (order == null) {
      order = reverse ? whole.reversed() : whole;
      whole = Comparator.naturalOrder();
    }
    if (options.has("s") || options.has("u")) {
      return order;
    }
    Comparator<String> last = Comparator.naturalOrder();
    return order.thenComparing(reverse ? last.reversed() : last);
  }

  private static int start(String end) {
    return Integer.parseInt(end.replaceAll("[^0-9].*", ""));
  }

  private static Comparator<String> values(boolean numeric, boolean human, boolean fold) {
    if (human) {
      return Comparator.comparingDouble(SortOrder::size);
    }
    return numeric
        ? Comparator.comparingDouble(SortOrder::number)
        : fold ? String.CASE_INSENSITIVE_ORDER : Comparator.naturalOrder();
  }

  static double number(String text) {
    String bare = text.stripLeading();
    int end = bare.startsWith("-") || bare.startsWith("+") ? 1 : 0;
    while (end < bare.length()
        && (Character.isDigit(bare.charAt(end)) || bare.charAt(end) == '.')) {
      end++;
    }
    try {
      return Double.parseDouble(bare.substring(0, end));
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static double size(String text) {
    String bare = text.strip();
    double value = number(bare);
    String unit = bare.replaceFirst("^[-+0-9.]+", "");
    int scale = unit.isEmpty() ? -1 : "KMGT".indexOf(Character.toUpperCase(unit.charAt(0)));
    return value * Math.pow(1024, scale + 1);
  }

  private static String field(String line, String separator, int from, int to) {
    int at = 0;
    int start = -1;
    int number = 1;
    int end = line.length();
    while (at <= line.length()) {
      if (number == from && start < 0) {
        start = at;
      }
      int stop = end(line, at, separator);
      if (number == to) {
        end = stop;
        break;
      }
      if (stop >= line.length()) {
        break;
      }
      at = separator.isEmpty() ? stop : stop + 1;
      number++;
    }
    return start < 0 ? "" : line.substring(start, Math.max(start, end));
  }

  private static int end(String line, int from, String separator) {
    if (!separator.isEmpty()) {
      int stop = line.indexOf(separator.charAt(0), from);
      return stop < 0 ? line.length() : stop;
    }
    int at = from;
    while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    return at;
  }
}
