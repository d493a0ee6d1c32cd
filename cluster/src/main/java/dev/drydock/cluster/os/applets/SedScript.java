package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// Reads sed's commands.
final class SedScript {
  /// @param kind `n` line number, `$` last line, `/` pattern, `+` so many lines, `~` a step
  record Address(char kind, long number, long step, @Nullable Regex regex) {
    boolean matches(String space, long line, boolean last) {
      return switch (kind) {
        case '$' -> last;
        case '/' -> regex != null && regex.find(space);
        case '~' -> step <= 0 ? line == number : line >= number && (line - number) % step == 0;
        default -> line == number;
      };
    }

    /// Where a range that starts at the line ends; -1 if that shows later.
    long endAfter(long line) {
      return switch (kind) {
        case 'n' -> number;
        case '+' -> line + number;
        default -> -1;
      };
    }
  }

  /// @param text replacement, text or file
  /// @param occurrence which match `s` replaces
  /// @param everyFrom true to replace all from that on
  /// @param target where `b`, `t` and a `{` that is not entered lead; the code of `q`
  record Command(
      @Nullable Address first,
      @Nullable Address second,
      boolean negated,
      char name,
      @Nullable Regex regex,
      String text,
      int occurrence,
      boolean everyFrom,
      boolean prints,
      int target) {
    Command withTarget(int value) {
      return new Command(
          first, second, negated, name, regex, text, occurrence, everyFrom, prints, value);
    }
  }

  private final String text;
  private final boolean extended;
  private final List<Command> commands = new ArrayList<>();
  private final Deque<Integer> open = new ArrayDeque<>();
  private final Map<String, Integer> labels = new HashMap<>();
  private final Map<Integer, String> jumps = new HashMap<>();
  private int at;
  private @Nullable Regex lastRegex;

  private SedScript(String text, boolean extended) {
    this.text = text;
    this.extended = extended;
  }

  static ImmutableList<Command> parse(String text, boolean extended) throws UsageException {
    var script = new SedScript(text, extended);
    script.parse();
    return ImmutableList.copyOf(script.commands);
  }

  private void parse() throws UsageException {
    while (true) {
      skip(" \t\n;");
      if (at >= text.length()) {
        break;
      }
      if (text.charAt(at) == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
        continue;
      }
      command();
    }
    if (!open.isEmpty()) {
      throw new UsageException("unmatched '{'");
    }
    for (Map.Entry<Integer, String> jump : jumps.entrySet()) {
      Integer target =
          jump.getValue().isEmpty()
              ? Integer.valueOf(commands.size())
              : labels.get(jump.getValue());
      if (target == null) {
        throw new UsageException("can't find label for jump to '" + jump.getValue() + "'");
      }
      commands.set(jump.getKey(), commands.get(jump.getKey()).withTarget(target));
    }
  }

  private void skip(String chars) {
    while (at < text.length() && chars.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void command() throws UsageException {
    Address first = address();
    Address second = null;
    skip(" \t");
    if (first != null && at < text.length() && text.charAt(at) == ',') {
      at++;
      skip(" \t");
      second = address();
      if (second == null) {
        throw new UsageException("unexpected ','");
      }
    }
    skip(" \t");
    boolean negated = false;
    while (at < text.length() && (text.charAt(at) == '!' || text.charAt(at) == ' ')) {
      negated = true;
      at++;
    }
    if (at >= text.length()) {
      throw new UsageException("missing command");
    }
    char name = text.charAt(at++);
    var plain = new Command(first, second, negated, name, null, "", 1, false, false, 0);
    switch (name) {
      case '{' -> {
        open.push(commands.size());
        commands.add(plain);
      }
      case '}' -> {
        if (open.isEmpty()) {
          throw new UsageException("unexpected '}'");
        }
        int start = open.pop();
        commands.set(start, commands.get(start).withTarget(commands.size()));
      }
      case ':' -> labels.put(word(), commands.size());
      case 'b', 't', 'T' -> {
        jumps.put(commands.size(), word());
        commands.add(plain);
      }
      case 's' -> commands.add(substitution(plain));
      case 'y' -> commands.add(transliteration(plain));
      case 'a', 'i', 'c' -> commands.add(withText(plain, insertion()));
      case 'r', 'w' -> commands.add(withText(plain, line().strip()));
      case 'q', 'Q' -> {
        String code = word();
        commands.add(plain.withTarget(code.matches("[0-9]{1,3}") ? Integer.parseInt(code) : 0));
      }
      case 'p', 'P', 'd', 'D', '=', 'h', 'H', 'g', 'G', 'x', 'n', 'N', 'l' -> {
        commands.add(plain);
        skip(" \t");
        if (at < text.length() && "\n;}#".indexOf(text.charAt(at)) < 0) {
          throw new UsageException("extra characters after command");
        }
      }
      default -> throw new UsageException("unsupported command " + name);
    }
  }

  private static Command withText(Command c, String value) {
    return new Command(
        c.first,
        c.second,
        c.negated,
        c.name,
        c.regex,
        value,
        c.occurrence,
        c.everyFrom,
        c.prints,
        0);
  }

  private String word() {
    skip(" \t");
    int start = at;
    while (at < text.length() && "\n; }".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private String line() {
    int end = text.indexOf('\n', at);
    String rest = text.substring(at, end < 0 ? text.length() : end);
    at = end < 0 ? text.length() : end;
    return rest;
  }

  private String insertion() {
    skip(" \t");
    if (text.startsWith("\\\n", at)) {
      at += 2;
    } else if (text.startsWith("\\", at)) {
      at++;
      skip(" \t");
    }
    var out = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        char next = text.charAt(at++);
        out.append(next == 't' ? '\t' : next);
      } else if (c == '\n') {
        break;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private @Nullable Address address() throws UsageException {
    if (at >= text.length()) {
      return null;
    }
    char c = text.charAt(at);
    if (c == '$') {
      at++;
      return new Address('$', 0, 0, null);
    }
    if (c == '+' || Character.isDigit(c)) {
      at += c == '+' ? 1 : 0;
      long number = digits();
      if (c != '+' && at < text.length() && text.charAt(at) == '~') {
        at++;
        return new Address('~', number, digits(), null);
      }
      return new Address(c == '+' ? '+' : 'n', number, 0, null);
    }
    if (c != '/' && c != '\\') {
      return null;
    }
    at += c == '/' ? 1 : 2;
    String pattern = until(text.charAt(at - 1), true);
    boolean ignoreCase = at < text.length() && text.charAt(at) == 'I';
    at += ignoreCase ? 1 : 0;
    return new Address('/', 0, 0, regex(pattern, ignoreCase));
  }

  private long digits() {
    int start = at;
    while (at < text.length() && Character.isDigit(text.charAt(at)) && at - start < 15) {
      at++;
    }
    return at == start ? 0 : Long.parseLong(text.substring(start, at));
  }

  private Regex regex(String pattern, boolean ignoreCase) throws UsageException {
    if (pattern.isEmpty()) {
      if (lastRegex == null) {
        throw new UsageException("no previous regexp");
      }
      return lastRegex;
    }
    Regex compiled = Regex.compile(pattern, extended, ignoreCase);
    lastRegex = compiled;
    return compiled;
  }

  /// The text up to a delimiter that is not escaped (nor, in a pattern, inside brackets).
  private String until(char delimiter, boolean pattern) throws UsageException {
    var out = new StringBuilder();
    boolean bracket = false;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length() && !bracket) {
        char next = text.charAt(at++);
        if (next == delimiter) {
          out.append(delimiter);
        } else {
          out.append('\\').append(next);
        }
      } else if (c == delimiter && !bracket) {
        return out.toString();
      } else {
        if (pattern && c == '[') {
          bracket = true;
          out.append(c);
          if (text.startsWith("^", at)) {
            out.append(text.charAt(at++));
          }
          if (text.startsWith("]", at)) {
            out.append(text.charAt(at++));
          }
          continue;
        }
        bracket &= c != ']';
        out.append(c);
      }
    }
    throw new UsageException("unmatched '" + delimiter + "'");
  }

  private Command substitution(Command c) throws UsageException {
    if (at >= text.length()) {
      throw new UsageException("bad s command");
    }
    char delimiter = text.charAt(at++);
    String pattern = until(delimiter, true);
    String replacement = until(delimiter, false);
    int occurrence = 1;
    boolean every = false;
    boolean prints = false;
    boolean ignoreCase = false;
    while (at < text.length() && "\n;} ".indexOf(text.charAt(at)) < 0) {
      char flag = text.charAt(at);
      if (Character.isDigit(flag)) {
        occurrence = (int) Math.max(1, Math.min(digits(), 1 << 20));
        continue;
      }
      at++;
      switch (flag) {
        case 'g' -> every = true;
        case 'p' -> prints = true;
        case 'i', 'I' -> ignoreCase = true;
        default -> throw new UsageException("bad option in substitution expression");
      }
    }
    Regex regex = regex(pattern, ignoreCase);
    return new Command(
        c.first, c.second, c.negated, 's', regex, replacement, occurrence, every, prints, 0);
  }

  private Command transliteration(Command c) throws UsageException {
    char delimiter = at < text.length() ? text.charAt(at++) : '/';
    String from = unescape(until(delimiter, false));
    String to = unescape(until(delimiter, false));
    if (from.length() != to.length()) {
      throw new UsageException("y command strings have different lengths");
    }
    return withText(c, from + to);
  }

  private static String unescape(String text) {
    return text.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\");
  }

  /// Appends a replacement with its `&` and `\1` filled in.
  static void expand(StringBuilder out, String replacement, Matcher matcher) {
    for (int i = 0; i < replacement.length(); i++) {
      char c = replacement.charAt(i);
      if (c == '&') {
        out.append(matcher.group());
      } else if (c == '\\' && i + 1 < replacement.length()) {
        char next = replacement.charAt(++i);
        if (Character.isDigit(next)) {
          int group = next - '0';
          String value = group <= matcher.groupCount() ? matcher.group(group) : null;
          out.append(value == null ? "" : value);
        } else {
          out.append(next == 'n' ? '\n' : next == 't' ? '\t' : next);
        }
      } else {
        out.append(c);
      }
    }
  }
}
