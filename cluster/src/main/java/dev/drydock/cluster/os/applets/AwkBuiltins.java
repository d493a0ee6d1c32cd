package dev.drydock.cluster.os.applets;

import dev.drydock.cluster.os.shell.SimpleCommands;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;

/// awk's functions that need only values.
final class AwkBuiltins {
  static final Set<String> NAMES =
      Set.of(
          "length",
          "substr",
          "index",
          "split",
          "sub",
          "gsub",
          "match",
          "tolower",
          "toupper",
          "sprintf",
          "int",
          "sqrt",
          "exp",
          "log",
          "sin",
          "cos",
          "atan2",
          "rand",
          "srand",
          "system",
          "close",
          "fflush",
          "strftime",
          "systime");

  private AwkBuiltins() {}

  static AwkValue call(
      String name, List<AwkValue> values, AwkMemory memory, dev.drydock.cluster.os.Sys sys)
      throws UsageException {
    AwkValue first = values.isEmpty() ? new AwkValue.Unset() : values.get(0);
    String text = first.text();
    double number = first.number();
    return switch (name) {
      case "length" -> AwkValue.of(values.isEmpty() ? memory.record.length() : text.length());
      case "substr" -> AwkValue.of(substr(values));
      case "index" -> AwkValue.of(text.indexOf(argument(values, 1).text()) + 1);
      case "tolower" -> AwkValue.of(text.toLowerCase(Locale.ROOT));
      case "toupper" -> AwkValue.of(text.toUpperCase(Locale.ROOT));
      case "sprintf" ->
          AwkValue.of(SimpleCommands.format(text, strings(values.subList(1, values.size()))));
      case "int" -> AwkValue.of((double) (long) number);
      case "sqrt" -> AwkValue.of(Math.sqrt(number));
      case "exp" -> AwkValue.of(Math.exp(number));
      case "log" -> AwkValue.of(Math.log(number));
      case "sin" -> AwkValue.of(Math.sin(number));
      case "cos" -> AwkValue.of(Math.cos(number));
      case "atan2" -> AwkValue.of(Math.atan2(number, argument(values, 1).number()));
      case "rand" -> AwkValue.of(sys.random(1 << 30) / (double) (1 << 30));
      case "srand", "close", "fflush" -> AwkValue.of(0);
      case "systime" -> AwkValue.of(sys.now().getEpochSecond());
      case "strftime" ->
          AwkValue.of(
              SystemTime.format(
                  values.isEmpty() ? "%c" : text,
                  values.size() > 1
                      ? java.time.Instant.ofEpochSecond((long) argument(values, 1).number())
                      : sys.now()));
      case "match" -> match(values, memory);
      default -> throw new UsageException("cmd. line:1: " + name + " is not there");
    };
  }

  private static AwkValue argument(List<AwkValue> values, int index) {
    return index < values.size() ? values.get(index) : new AwkValue.Unset();
  }

  static List<String> strings(List<AwkValue> values) {
    return values.stream().map(AwkValue::text).toList();
  }

  private static String substr(List<AwkValue> values) {
    String text = argument(values, 0).text();
    double from = Math.rint(argument(values, 1).number());
    double end =
        values.size() > 2 ? from + Math.rint(argument(values, 2).number()) : text.length() + 1;
    int start = (int) Math.clamp(from, 1, text.length() + 1);
    int stop = (int) Math.clamp(end, start, text.length() + 1);
    return text.substring(start - 1, stop - 1);
  }

  private static AwkValue match(List<AwkValue> values, AwkMemory memory) throws UsageException {
    Matcher matcher =
        Regex.compile(argument(values, 1).text(), true, false).matcher(argument(values, 0).text());
    boolean found = matcher.find();
    memory.set("RSTART", AwkValue.of(found ? matcher.start() + 1 : 0));
    memory.set("RLENGTH", AwkValue.of(found ? matcher.end() - matcher.start() : -1));
    return AwkValue.of(found ? matcher.start() + 1 : 0);
  }

  /// `sub` and `gsub`: the changed text, and how often it was changed.
  record Substituted(String text, int count) {}

  static Substituted substitute(String pattern, String replacement, String text, boolean every)
      throws UsageException {
    Matcher matcher = Regex.compile(pattern, true, false).matcher(text);
    var out = new StringBuilder();
    int at = 0;
    int count = 0;
    while (at <= text.length() && (every || count == 0) && matcher.find(at)) {
      out.append(text, at, matcher.start());
      for (int i = 0; i < replacement.length(); i++) {
        char c = replacement.charAt(i);
        if (c == '\\'
            && i + 1 < replacement.length()
            && "&\\".indexOf(replacement.charAt(i + 1)) >= 0) {
          out.append(replacement.charAt(++i));
        } else {
          out.append(c == '&' ? matcher.group() : Character.toString(c));
        }
      }
      count++;
      at = matcher.end();
      if (matcher.end() == matcher.start()) {
        out.append(at < text.length() ? text.substring(at, at + 1) : "");
        at++;
      }
    }
    if (at < text.length()) {
      out.append(text.substring(at));
    }
    return new Substituted(out.toString(), count);
  }
}
