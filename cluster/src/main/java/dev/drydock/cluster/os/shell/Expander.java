package dev.drydock.cluster.os.shell;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.shell.Word.Literal;
import dev.drydock.cluster.os.shell.Word.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.PVector;

/// Expands words: parameters, commands, arithmetic, fields and paths.
///
/// It runs from start to end without stopping. Where it meets a command substitution whose output
/// is not among the results yet it throws {@link NeedsCommand}; the shell then runs the command and
/// expands again from the start, with variables as they were.
final class Expander {
  /// An expansion beyond this is taken for a script that eats all memory.
  private static final int LENGTH_MAX = 96 << 20;

  private static final int PATHS_MAX = 20_000;

  private final Shell shell;
  private final Sys sys;
  private final ImmutableList<String> results;
  private int used;

  /// The expansion of the current word, and for each char how it came about: q quoted, l literal, e
  /// expanded (splittable), b a break between fields, n a mark that a field exists though empty.
  private StringBuilder text = new StringBuilder();

  private StringBuilder mask = new StringBuilder();
  private boolean emptyAt;

  Expander(Shell shell, Sys sys, ImmutableList<String> results) {
    this.shell = shell;
    this.sys = sys;
    this.results = results;
  }

  /// How many command substitutions the expansion had.
  int commands() {
    return used;
  }

  ImmutableList<String> fields(List<Word> words) throws NeedsCommand, ShellFailure {
    var fields = ImmutableList.<String>builder();
    for (Word word : words) {
      expand(word);
      split(fields);
    }
    return fields.build();
  }

  /// The word as one field, without splitting and paths.
  String single(Word word) throws NeedsCommand, ShellFailure {
    expand(word);
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      switch (mask.charAt(i)) {
        case 'n' -> {}
        case 'b' -> out.append(' ');
        default -> out.append(text.charAt(i));
      }
    }
    return out.toString();
  }

  /// The word as a pattern: what is quoted matches only itself.
  String pattern(Word word) throws NeedsCommand, ShellFailure {
    expand(word);
    return pattern(0, text.length());
  }

  private String pattern(int from, int to) {
    var out = new StringBuilder();
    for (int i = from; i < to; i++) {
      switch (mask.charAt(i)) {
        case 'n' -> {}
        case 'q' -> out.append(Glob.escape(text.substring(i, i + 1)));
        case 'b' -> out.append(' ');
        default -> out.append(text.charAt(i));
      }
    }
    return out.toString();
  }

  private void expand(Word word) throws NeedsCommand, ShellFailure {
    text = new StringBuilder();
    mask = new StringBuilder();
    emptyAt = false;
    for (Part part : word.parts()) {
      expand(part);
    }
  }

  private void add(String piece, char how) {
    if (text.length() + piece.length() > LENGTH_MAX) {
      throw new OutOfMemory();
    }
    text.append(piece);
    mask.repeat(how, piece.length());
  }

  /// Thrown when an expansion grows without bound; ends the process as the kernel's killer would.
  static final class OutOfMemory extends RuntimeException {
    OutOfMemory() {
      super(null, null, false, false);
    }
  }

  private void expand(Part part) throws NeedsCommand, ShellFailure {
    switch (part) {
      case Literal(String piece, boolean quoted) -> {
        if (quoted) {
          add("\0", 'n');
        }
        add(piece, quoted ? 'q' : 'l');
      }
      case Word.Tilde(String user) -> add(home(user), 'q');
      case Word.Command(Node body, boolean quoted) -> {
        if (used >= results.size()) {
          throw new NeedsCommand(body);
        }
        add(results.get(used++), quoted ? 'q' : 'e');
      }
      case Word.Arithmetic(Word expression, boolean quoted) ->
          add(Long.toString(arithmetic(nested(expression))), quoted ? 'q' : 'e');
      case Word.Parameter parameter -> parameter(parameter);
    }
  }

  private String home(String user) {
    if (!user.isEmpty()) {
      return user.equals("root") ? "/root" : "~" + user;
    }
    String home = shell.value("HOME");
    return home == null ? "~" : home;
  }

  private long arithmetic(String expression) throws ShellFailure {
    try {
      return new Arithmetic(
              expression,
              name -> {
                String value = parameterValue(name);
                return value == null ? "" : value;
              },
              (name, value) -> shell.assignQuietly(name, value))
          .value();
    } catch (Arithmetic.ArithmeticFailure e) {
      throw new ShellFailure(String.valueOf(e.getMessage()), 2);
    }
  }

  /// A word inside this one, as one field.
  private String nested(Word word) throws NeedsCommand, ShellFailure {
    return inside(word, false);
  }

  private String nestedPattern(Word word) throws NeedsCommand, ShellFailure {
    return inside(word, true);
  }

  private String inside(Word word, boolean asPattern) throws NeedsCommand, ShellFailure {
    StringBuilder outerText = text;
    StringBuilder outerMask = mask;
    boolean outerEmpty = emptyAt;
    String result = asPattern ? pattern(word) : single(word);
    text = outerText;
    mask = outerMask;
    emptyAt = outerEmpty;
    return result;
  }

  /// The value of a parameter of any kind; null if it is unset.
  private @Nullable String parameterValue(String name) {
    return switch (name) {
      case "?" -> Integer.toString(shell.status);
      case "#" -> Integer.toString(shell.positional.size());
      case "$" -> Integer.toString(shell.shellPid);
      case "!" -> shell.lastBackground == 0 ? null : Integer.toString(shell.lastBackground);
      case "-" -> shell.optionLetters();
      case "0" -> shell.arg0;
      case "@", "*" -> shell.positional.isEmpty() ? null : String.join(" ", shell.positional);
      case "RANDOM" -> Integer.toString(sys.random(32768));
      case "LINENO" -> Integer.toString(shell.line);
      case "PPID" -> Integer.toString(sys.parentPid());
      default -> {
        if (Character.isDigit(name.charAt(0))) {
          int index = name.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(name);
          yield index <= shell.positional.size() ? shell.positional.get(index - 1) : null;
        }
        yield shell.value(name);
      }
    };
  }

  private void parameter(Word.Parameter p) throws NeedsCommand, ShellFailure {
    char how = p.quoted() ? 'q' : 'e';
    if (p.quoted()) {
      add("\0", 'n');
    }
    boolean all = p.name().equals("@") || p.name().equals("*");
    String value = parameterValue(p.name());
    boolean missing = value == null || (p.colon() && value.isEmpty());
    String plain = value == null ? "" : value;
    switch (p.operator()) {
      case "" -> {
        if (all) {
          positional(p);
        } else if (value == null) {
          requireSet(p.name());
        } else {
          add(plain, how);
        }
      }
      case "#" -> {
        int length = all ? shell.positional.size() : plain.length();
        if (value == null && !all) {
          requireSet(p.name());
        }
        add(Integer.toString(length), how);
      }
      case "-" -> {
        if (missing) {
          argument(p);
        } else if (all) {
          positional(p);
        } else {
          add(plain, how);
        }
      }
      case "+" -> {
        if (!missing) {
          argument(p);
        }
      }
      case "=" -> {
        if (missing) {
          String assigned = p.argument() == null ? "" : nested(p.argument());
          shell.assign(p.name(), assigned);
          add(assigned, how);
        } else {
          add(plain, how);
        }
      }
      case "?" -> {
        if (missing) {
          String message = p.argument() == null ? "" : nested(p.argument());
          throw new ShellFailure(
              p.name()
                  + ": "
                  + (message.isEmpty()
                      ? p.colon() ? "parameter not set or null" : "parameter not set"
                      : message),
              2);
        }
        add(plain, how);
      }
      default -> {
        if (value == null) {
          requireSet(p.name());
        }
        add(edited(p, plain), how);
      }
    }
  }

  private void requireSet(String name) throws ShellFailure {
    if (shell.has('u') && !name.equals("@") && !name.equals("*")) {
      throw new ShellFailure(name + ": parameter not set", 2);
    }
  }

  /// The argument of `-` and `+`, whose quoted parts stay quoted.
  private void argument(Word.Parameter p) throws NeedsCommand, ShellFailure {
    if (p.argument() == null) {
      return;
    }
    for (Part part : p.argument().parts()) {
      expand(
          part instanceof Literal(String t, boolean q) && !q && !p.quoted()
              ? new Word.Literal(t, false)
              : part);
      if (part instanceof Literal(_, boolean quoted) && !quoted) {
        int length = ((Literal) part).text().length();
        mask.setLength(mask.length() - length);
        mask.repeat(p.quoted() ? 'q' : 'e', length);
      }
    }
  }

  private void positional(Word.Parameter p) {
    PVector<String> values = shell.positional;
    boolean joined = p.quoted() && p.name().equals("*");
    if (values.isEmpty() && p.quoted() && !joined) {
      emptyAt = true;
    }
    String ifs = shell.ifs();
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        if (joined) {
          add(ifs.isEmpty() ? "" : ifs.substring(0, 1), 'q');
        } else {
          add(" ", 'b');
        }
      }
      if (p.quoted() && !joined) {
        add("\0", 'n');
      }
      add(values.get(i), p.quoted() ? 'q' : 'e');
    }
  }

  private String edited(Word.Parameter p, String value) throws NeedsCommand, ShellFailure {
    Word argument = p.argument() == null ? new Word(ImmutableList.of()) : p.argument();
    return switch (p.operator()) {
      case "%", "%%" -> withoutSuffix(value, nestedPattern(argument), p.operator().equals("%%"));
      case "#p", "##p" -> withoutPrefix(value, nestedPattern(argument), p.operator().equals("##p"));
      case "/", "//" ->
          replaced(
              value,
              nestedPattern(argument),
              p.second() == null ? "" : nested(p.second()),
              p.operator().equals("//"));
      default -> substring(value, nested(argument), p.second() == null ? null : nested(p.second()));
    };
  }

  private String substring(String value, String offset, @Nullable String length)
      throws ShellFailure {
    long from = arithmetic(offset);
    from = from < 0 ? Math.max(0, value.length() + from) : Math.min(from, value.length());
    long count = length == null ? value.length() : arithmetic(length);
    long to = count < 0 ? value.length() + count : Math.min(value.length(), from + count);
    return to <= from ? "" : value.substring((int) from, (int) to);
  }

  private String withoutSuffix(String value, String pattern, boolean longest) {
    int n = value.length();
    for (int i = 0; i <= n; i++) {
      int at = longest ? i : n - i;
      if (matches(pattern, value.substring(at))) {
        return value.substring(0, at);
      }
    }
    return value;
  }

  private String withoutPrefix(String value, String pattern, boolean longest) {
    int n = value.length();
    for (int i = 0; i <= n; i++) {
      int at = longest ? n - i : i;
      if (matches(pattern, value.substring(0, at))) {
        return value.substring(at);
      }
    }
    return value;
  }

  private boolean matches(String pattern, String value) {
    sys.charge(value.length() / 4096);
    return Glob.matches(pattern, value);
  }

  private String replaced(String value, String pattern, String replacement, boolean every) {
    var out = new StringBuilder();
    int at = 0;
    boolean done = pattern.isEmpty();
    while (at < value.length() && !done) {
      int end = -1;
      for (int to = value.length(); to > at && end < 0; to--) {
        end = matches(pattern, value.substring(at, to)) ? to : -1;
      }
      if (end < 0) {
        out.append(value.charAt(at++));
      } else {
        out.append(replacement);
        at = end;
        done = !every;
      }
    }
    return out.append(value.substring(at)).toString();
  }

  // ---- fields and paths

  private void split(ImmutableList.Builder<String> fields) throws ShellFailure {
    String ifs = shell.ifs();
    int start = -1;
    boolean content = false;
    boolean quotedOnly = false;
    for (int i = 0; i < text.length(); i++) {
      char how = mask.charAt(i);
      char c = text.charAt(i);
      boolean separator = how == 'e' && ifs.indexOf(c) >= 0;
      if (how == 'b' || separator) {
        boolean blank = how == 'e' && (c == ' ' || c == '\t' || c == '\n');
        if (start >= 0 && (content || quotedOnly)) {
          finish(fields, start, i);
        } else if (how == 'e' && !blank) {
          fields.add("");
        }
        if (how == 'e' && blank) {
          i = skipSeparator(ifs, i);
        }
        start = -1;
        content = false;
        quotedOnly = false;
        continue;
      }
      if (start < 0) {
        start = i;
      }
      if (how == 'n') {
        quotedOnly = true;
      } else {
        content = true;
      }
    }
    if (start >= 0 && (content || (quotedOnly && !emptyAt))) {
      finish(fields, start, text.length());
    }
  }

  /// Blanks around another separator belong to it.
  private int skipSeparator(String ifs, int from) {
    int i = from;
    while (i + 1 < text.length()
        && mask.charAt(i + 1) == 'e'
        && " \t\n".indexOf(text.charAt(i + 1)) >= 0
        && ifs.indexOf(text.charAt(i + 1)) >= 0) {
      i++;
    }
    boolean other =
        i + 1 < text.length()
            && mask.charAt(i + 1) == 'e'
            && ifs.indexOf(text.charAt(i + 1)) >= 0
            && from > 0;
    return other ? i + 1 : i;
  }

  private void finish(ImmutableList.Builder<String> fields, int from, int to) throws ShellFailure {
    String pattern = pattern(from, to);
    if (Glob.isPattern(pattern) && !shell.has('f')) {
      List<String> paths = new ArrayList<>();
      boolean absolute = pattern.startsWith("/");
      paths(absolute ? "/" : "", pattern.replaceFirst("^/+", ""), paths);
      if (!paths.isEmpty()) {
        fields.addAll(paths);
        return;
      }
    }
    var plain = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      if (mask.charAt(i) != 'n') {
        plain.append(text.charAt(i));
      }
    }
    fields.add(plain.toString());
  }

  private void paths(String base, String pattern, List<String> found) throws ShellFailure {
    int slash = pattern.indexOf('/');
    String first = slash < 0 ? pattern : pattern.substring(0, slash);
    String rest = slash < 0 ? "" : pattern.substring(slash).replaceFirst("^/+", "");
    if (!Glob.isPattern(first)) {
      String path = base + Glob.unescape(first);
      if (slash < 0 || rest.isEmpty()) {
        if (sys.statOrNull(path, false) != null) {
          found.add(slash < 0 ? path : path + "/");
        }
      } else {
        paths(path + "/", rest, found);
      }
      return;
    }
    for (String name : list(base.isEmpty() ? "." : base)) {
      if ((name.startsWith(".") && !first.startsWith(".")) || !Glob.matches(first, name)) {
        continue;
      }
      String path = base + name;
      if (slash < 0) {
        found.add(path);
      } else if (isDirectory(path)) {
        if (rest.isEmpty()) {
          found.add(path + "/");
        } else {
          paths(path + "/", rest, found);
        }
      }
      if (found.size() > PATHS_MAX) {
        throw new ShellFailure("too many matches", 2);
      }
    }
  }

  private boolean isDirectory(String path) {
    Sys.Stat stat = sys.statOrNull(path, true);
    return stat != null && stat.isDirectory();
  }

  private List<String> list(String directory) {
    try {
      return sys.list(directory);
    } catch (OsException _) {
      return List.of();
    }
  }
}
