package dev.drydock.cluster.os.shell;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.os.shell.Node.AndOr;
import dev.drydock.cluster.os.shell.Node.Assignment;
import dev.drydock.cluster.os.shell.Node.Branch;
import dev.drydock.cluster.os.shell.Node.Clause;
import dev.drydock.cluster.os.shell.Node.Item;
import dev.drydock.cluster.os.shell.Node.Redirect;
import dev.drydock.cluster.os.shell.Node.Sequence;
import dev.drydock.cluster.os.shell.Word.Literal;
import dev.drydock.cluster.os.shell.Word.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the shell language, one complete command at a time, as a shell does that may run the
/// command before it reads on.
///
/// Models busybox shell/ash.c's parser; aliases are not there.
final class Parser {
  private static final int DEPTH_MAX = 100;
  private static final ImmutableSet<String> CLOSERS =
      ImmutableSet.of("then", "else", "elif", "fi", "do", "done", "esac", "}");

  private final String text;
  private int at;
  private int line;
  private int depth;
  private final List<PendingHere> pendingHere = new ArrayList<>();

  /// A here-document whose text starts after the next newline.
  private static final class PendingHere {
    private final String end;
    private final boolean literal;
    private final boolean stripTabs;
    private @Nullable Word body;

    PendingHere(String end, boolean literal, boolean stripTabs) {
      this.end = end;
      this.literal = literal;
      this.stripTabs = stripTabs;
    }
  }

  Parser(String text, int position, int line) {
    this.text = text;
    this.at = position;
    this.line = line;
  }

  int position() {
    return at;
  }

  int line() {
    return line;
  }

  /// The next complete command (a line of them), or null at the end of the text.
  @Nullable Node next() throws SyntaxException {
    skipNewlines();
    if (at >= text.length()) {
      return null;
    }
    Node list = list(true);
    skipBlanks();
    if (at < text.length() && text.charAt(at) == '\n') {
      newline();
    } else if (at < text.length()) {
      throw unexpected();
    }
    finishHere();
    return resolveHere(list);
  }

  /// Everything up to the end of the text.
  Node all() throws SyntaxException {
    List<Item> items = new ArrayList<>();
    for (Node node = next(); node != null; node = next()) {
      items.add(new Item(node, false));
    }
    return items.size() == 1 ? items.get(0).command() : new Sequence(ImmutableList.copyOf(items));
  }

  // ---- grammar

  private Node list(boolean oneLine) throws SyntaxException {
    if (++depth > DEPTH_MAX) {
      throw error("nesting too deep", false);
    }
    List<Item> items = new ArrayList<>();
    while (true) {
      if (oneLine) {
        skipBlanks();
      } else {
        skipNewlines();
      }
      if (atListEnd()) {
        break;
      }
      Node command = andOr();
      skipBlanks();
      boolean background = peek("&") && !peek("&&");
      items.add(new Item(command, background));
      if (background) {
        at++;
      } else if (peek(";") && !peek(";;")) {
        at++;
      } else if (!oneLine && peek("\n")) {
        newline();
      } else {
        break;
      }
    }
    depth--;
    return items.size() == 1 && !items.get(0).background()
        ? items.get(0).command()
        : new Sequence(ImmutableList.copyOf(items));
  }

  private boolean atListEnd() {
    if (at >= text.length() || peek(")") || peek(";;") || peek("\n")) {
      return true;
    }
    String word = peekWord();
    return word != null && CLOSERS.contains(word);
  }

  private Node andOr() throws SyntaxException {
    Node left = pipeline();
    while (true) {
      skipBlanks();
      boolean and = peek("&&");
      if (!and && !peek("||")) {
        return left;
      }
      at += 2;
      skipNewlines();
      left = new AndOr(left, and, pipeline());
    }
  }

  private Node pipeline() throws SyntaxException {
    skipBlanks();
    if ("!".equals(peekWord())) {
      at++;
      return new Node.Not(pipeline());
    }
    List<Node> commands = new ArrayList<>();
    commands.add(command());
    skipBlanks();
    while (peek("|") && !peek("||")) {
      at++;
      skipNewlines();
      commands.add(command());
      skipBlanks();
    }
    return commands.size() == 1
        ? commands.get(0)
        : new Node.Pipeline(ImmutableList.copyOf(commands));
  }

  private Node command() throws SyntaxException {
    skipBlanks();
    int startLine = line;
    Node compound = compound();
    if (compound == null) {
      return simple();
    }
    List<Redirect> redirects = new ArrayList<>();
    skipBlanks();
    for (Redirect r = redirect(); r != null; r = redirect()) {
      redirects.add(r);
      skipBlanks();
    }
    return redirects.isEmpty()
        ? compound
        : new Node.Redirected(compound, ImmutableList.copyOf(redirects), startLine);
  }

  private @Nullable Node compound() throws SyntaxException {
    if (peek("(")) {
      at++;
      Node body = nonEmpty(list(false), ")");
      expect(")");
      return new Node.Subshell(body);
    }
    String word = peekWord();
    if (word == null) {
      return null;
    }
    return switch (word) {
      case "{" -> {
        take("{");
        Node body = nonEmpty(list(false), "}");
        expectWord("}");
        yield new Node.Group(body);
      }
      case "if" -> ifCommand();
      case "while", "until" -> {
        take(word);
        Node condition = nonEmpty(list(false), "do");
        yield new Node.Loop(word.equals("until"), condition, doGroup());
      }
      case "for" -> forCommand();
      case "case" -> caseCommand();
      case "function" -> {
        take("function");
        skipBlanks();
        yield function(takeName());
      }
      default -> {
        if (CLOSERS.contains(word)) {
          throw unexpected();
        }
        int after = at + word.length();
        int paren = after;
        while (paren < text.length() && isBlank(text.charAt(paren))) {
          paren++;
        }
        if (isName(word) && text.startsWith("(", paren)) {
          at = after;
          yield function(word);
        }
        yield null;
      }
    };
  }

  private Node function(String name) throws SyntaxException {
    skipBlanks();
    if (peek("(")) {
      at++;
      skipBlanks();
      expect(")");
    }
    skipNewlines();
    return new Node.Function(name, command());
  }

  private Node nonEmpty(Node list, String closer) throws SyntaxException {
    if (list instanceof Sequence(ImmutableList<Item> items) && items.isEmpty()) {
      if (at >= text.length()) {
        throw end(closer);
      }
      throw unexpected();
    }
    return list;
  }

  private Node ifCommand() throws SyntaxException {
    take("if");
    List<Clause> clauses = new ArrayList<>();
    Node condition = nonEmpty(list(false), "then");
    expectWord("then");
    clauses.add(new Clause(condition, nonEmpty(list(false), "fi")));
    while (true) {
      skipNewlines();
      String word = peekWord();
      if ("elif".equals(word)) {
        take("elif");
        Node next = nonEmpty(list(false), "then");
        expectWord("then");
        clauses.add(new Clause(next, nonEmpty(list(false), "fi")));
      } else if ("else".equals(word)) {
        take("else");
        Node otherwise = nonEmpty(list(false), "fi");
        expectWord("fi");
        return new Node.If(ImmutableList.copyOf(clauses), otherwise);
      } else {
        expectWord("fi");
        return new Node.If(ImmutableList.copyOf(clauses), null);
      }
    }
  }

  private Node doGroup() throws SyntaxException {
    expectWord("do");
    Node body = nonEmpty(list(false), "done");
    expectWord("done");
    return body;
  }

  private Node forCommand() throws SyntaxException {
    int startLine = line;
    take("for");
    skipBlanks();
    String name = takeName();
    skipNewlines();
    ImmutableList<Word> words = null;
    if ("in".equals(peekWord())) {
      take("in");
      List<Word> list = new ArrayList<>();
      skipBlanks();
      while (at < text.length() && !peek(";") && !peek("\n")) {
        list.add(requireWord());
        skipBlanks();
      }
      words = ImmutableList.copyOf(list);
    }
    skipBlanks();
    if (peek(";")) {
      at++;
    }
    skipNewlines();
    return new Node.For(name, words, doGroup(), startLine);
  }

  private Node caseCommand() throws SyntaxException {
    int startLine = line;
    take("case");
    skipBlanks();
    Word subject = requireWord();
    skipNewlines();
    expectWord("in");
    List<Branch> branches = new ArrayList<>();
    skipNewlines();
    while (!"esac".equals(peekWord())) {
      if (peek("(")) {
        at++;
      }
      List<Word> patterns = new ArrayList<>();
      do {
        skipBlanks();
        patterns.add(requireWord());
        skipBlanks();
      } while (takeIf("|"));
      expect(")");
      Node body = list(false);
      branches.add(new Branch(ImmutableList.copyOf(patterns), body));
      skipNewlines();
      if (peek(";;")) {
        at += 2;
        skipNewlines();
      } else if (!"esac".equals(peekWord())) {
        throw at >= text.length() ? end("esac") : unexpected();
      }
    }
    take("esac");
    return new Node.Case(subject, ImmutableList.copyOf(branches), startLine);
  }

  private Node simple() throws SyntaxException {
    int startLine = line;
    List<Assignment> assignments = new ArrayList<>();
    List<Word> words = new ArrayList<>();
    List<Redirect> redirects = new ArrayList<>();
    while (true) {
      skipBlanks();
      Redirect redirect = redirect();
      if (redirect != null) {
        redirects.add(redirect);
        continue;
      }
      Assignment assignment = words.isEmpty() ? assignment() : null;
      if (assignment != null) {
        assignments.add(assignment);
        continue;
      }
      if (at >= text.length() || isOperator(text.charAt(at))) {
        break;
      }
      words.add(requireWord());
    }
    if (assignments.isEmpty() && words.isEmpty() && redirects.isEmpty()) {
      throw unexpected();
    }
    return new Node.Simple(
        ImmutableList.copyOf(assignments),
        ImmutableList.copyOf(words),
        ImmutableList.copyOf(redirects),
        startLine);
  }

  private @Nullable Assignment assignment() throws SyntaxException {
    int end = at;
    while (end < text.length() && isNameChar(text.charAt(end), end == at)) {
      end++;
    }
    if (end == at || end >= text.length() || text.charAt(end) != '=') {
      return null;
    }
    String name = text.substring(at, end);
    at = end + 1;
    Word value = word(true);
    return new Assignment(name, value == null ? new Word(ImmutableList.of()) : value);
  }

  private @Nullable Redirect redirect() throws SyntaxException {
    int start = at;
    int digits = at;
    while (digits < text.length() && Character.isDigit(text.charAt(digits)) && digits - at < 3) {
      digits++;
    }
    if (digits >= text.length() || (text.charAt(digits) != '<' && text.charAt(digits) != '>')) {
      return null;
    }
    String number = text.substring(start, digits);
    at = digits;
    String operator = "";
    for (String candidate : List.of("<<<", "<<-", "<<", "<&", "<>", ">>", ">&", ">|", "<", ">")) {
      if (peek(candidate)) {
        operator = candidate;
        break;
      }
    }
    at += operator.length();
    int descriptor =
        number.isEmpty() ? (operator.startsWith("<") ? 0 : 1) : Integer.parseInt(number);
    skipBlanks();
    if (operator.equals("<<") || operator.equals("<<-")) {
      return hereDocument(descriptor, operator.equals("<<-"));
    }
    Word target = requireWord();
    if (operator.equals("<<<")) {
      var parts = ImmutableList.<Part>builder().addAll(target.parts());
      return new Redirect(descriptor, "<<", new Word(parts.add(new Literal("\n", true)).build()));
    }
    return new Redirect(descriptor, operator, target);
  }

  private Redirect hereDocument(int descriptor, boolean stripTabs) throws SyntaxException {
    Word end = requireWord();
    var text = new StringBuilder();
    boolean literal = false;
    for (Part part : end.parts()) {
      if (part instanceof Literal(String piece, boolean quoted)) {
        text.append(piece);
        literal |= quoted;
      }
    }
    var here = new PendingHere(text.toString(), literal, stripTabs);
    pendingHere.add(here);
    hereDocuments.add(here);
    String marker = HERE + (hereDocuments.size() - 1);
    return new Redirect(descriptor, "<<", new Word(ImmutableList.of(new Literal(marker, true))));
  }

  private static final String HERE = "\0here:";
  private final List<PendingHere> hereDocuments = new ArrayList<>();

  private void finishHere() throws SyntaxException {
    if (!pendingHere.isEmpty()) {
      readHereDocuments();
    }
  }

  private void readHereDocuments() throws SyntaxException {
    for (PendingHere here : List.copyOf(pendingHere)) {
      var body = new StringBuilder();
      while (true) {
        if (at >= text.length()) {
          throw end(here.end);
        }
        int end = text.indexOf('\n', at);
        String row = text.substring(at, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end + 1;
        line++;
        String bare = here.stripTabs ? row.replaceFirst("^\t+", "") : row;
        if (bare.equals(here.end)) {
          break;
        }
        body.append(bare).append('\n');
      }
      here.body =
          here.literal
              ? new Word(ImmutableList.of(new Literal(body.toString(), true)))
              : new Parser(body.toString(), 0, line).hereText();
    }
    pendingHere.clear();
  }

  private Word hereText() throws SyntaxException {
    List<Part> parts = new ArrayList<>();
    quotedParts(parts, '\0');
    return new Word(ImmutableList.copyOf(parts));
  }

  /// Puts the texts of here-documents where their markers stand.
  private Node resolveHere(Node node) {
    return hereDocuments.isEmpty() ? node : new HereResolver().resolve(node);
  }

  private final class HereResolver {
    Node resolve(Node node) {
      return switch (node) {
        case Node.Simple(var a, var words, var redirects, int l) ->
            new Node.Simple(a, words, all(redirects), l);
        case Node.Redirected(Node c, var redirects, int l) ->
            new Node.Redirected(resolve(c), all(redirects), l);
        case Node.Pipeline(var commands) ->
            new Node.Pipeline(commands.stream().map(this::resolve).collect(list()));
        case Node.Not(Node c) -> new Node.Not(resolve(c));
        case AndOr(Node l, boolean and, Node r) -> new AndOr(resolve(l), and, resolve(r));
        case Sequence(var items) ->
            new Sequence(
                items.stream()
                    .map(i -> new Item(resolve(i.command()), i.background()))
                    .collect(list()));
        case Node.If(var clauses, Node otherwise) ->
            new Node.If(
                clauses.stream()
                    .map(c -> new Clause(resolve(c.condition()), resolve(c.body())))
                    .collect(list()),
                otherwise == null ? null : resolve(otherwise));
        case Node.Loop(boolean until, Node c, Node b) ->
            new Node.Loop(until, resolve(c), resolve(b));
        case Node.For(String v, var w, Node b, int l) -> new Node.For(v, w, resolve(b), l);
        case Node.Case(Word s, var branches, int l) ->
            new Node.Case(
                s,
                branches.stream()
                    .map(b -> new Branch(b.patterns(), resolve(b.body())))
                    .collect(list()),
                l);
        case Node.Group(Node b) -> new Node.Group(resolve(b));
        case Node.Subshell(Node b) -> new Node.Subshell(resolve(b));
        case Node.Function(String n, Node b) -> new Node.Function(n, resolve(b));
      };
    }

    private static <T> java.util.stream.Collector<T, ?, ImmutableList<T>> list() {
      return ImmutableList.toImmutableList();
    }

    private ImmutableList<Redirect> all(ImmutableList<Redirect> redirects) {
      return redirects.stream()
          .map(
              r -> {
                String marker =
                    r.target().parts().size() == 1
                            && r.target().parts().get(0) instanceof Literal(String t, _)
                        ? t
                        : "";
                if (!marker.startsWith(HERE)) {
                  return r;
                }
                Word body =
                    hereDocuments.get(Integer.parseInt(marker.substring(HERE.length()))).body;
                return body == null ? r : new Redirect(r.descriptor(), r.operator(), body);
              })
          .collect(list());
    }
  }

  // ---- words

  private Word requireWord() throws SyntaxException {
    Word word = word(false);
    if (word == null) {
      throw unexpected();
    }
    return word;
  }

  private @Nullable Word word(boolean assignment) throws SyntaxException {
    List<Part> parts = new ArrayList<>();
    int start = at;
    if (peek("~")) {
      tilde(parts);
    }
    wordParts(parts, assignment, "");
    return at == start ? null : new Word(ImmutableList.copyOf(parts));
  }

  private void tilde(List<Part> parts) {
    int end = at + 1;
    while (end < text.length() && isNameChar(text.charAt(end), false)) {
      end++;
    }
    char after = end < text.length() ? text.charAt(end) : ' ';
    if (after == '/' || isBlank(after) || isOperator(after) || after == ':') {
      parts.add(new Word.Tilde(text.substring(at + 1, end)));
      at = end;
    }
  }

  /// Reads pieces up to the end of the word, or up to one of the stop characters inside `${}`.
  private void wordParts(List<Part> parts, boolean assignment, String stops)
      throws SyntaxException {
    var plain = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (stops.isEmpty() ? isBlank(c) || isOperator(c) : stops.indexOf(c) >= 0) {
        break;
      }
      switch (c) {
        case '\\' -> {
          if (at + 1 >= text.length()) {
            plain.append('\\');
            at++;
          } else if (text.charAt(at + 1) == '\n') {
            at += 2;
            line++;
          } else {
            flush(parts, plain);
            parts.add(new Literal(text.substring(at + 1, at + 2), true));
            at += 2;
          }
        }
        case '\'' -> {
          flush(parts, plain);
          int end = text.indexOf('\'', at + 1);
          if (end < 0) {
            throw error("unterminated quoted string", true);
          }
          String quoted = text.substring(at + 1, end);
          line += (int) quoted.chars().filter(ch -> ch == '\n').count();
          parts.add(new Literal(quoted, true));
          at = end + 1;
        }
        case '"' -> {
          flush(parts, plain);
          at++;
          parts.add(new Literal("", true));
          quotedParts(parts, '"');
        }
        case '$' -> {
          if (peek("$'")) {
            flush(parts, plain);
            dollarQuote(parts);
          } else {
            flush(parts, plain);
            dollar(parts, false);
          }
        }
        case '`' -> {
          flush(parts, plain);
          backquote(parts, false);
        }
        default -> {
          if (c == '\n') {
            line++;
          }
          plain.append(c);
          at++;
          if (assignment && c == ':' && peek("~")) {
            flush(parts, plain);
            tilde(parts);
          }
        }
      }
    }
    flush(parts, plain);
  }

  private static void flush(List<Part> parts, StringBuilder plain) {
    if (!plain.isEmpty()) {
      parts.add(new Literal(plain.toString(), false));
      plain.setLength(0);
    }
  }

  private void dollarQuote(List<Part> parts) throws SyntaxException {
    int end = at + 2;
    while (end < text.length() && text.charAt(end) != '\'') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= text.length()) {
      throw error("unterminated quoted string", true);
    }
    parts.add(new Literal(Escapes.echo(text.substring(at + 2, end)).text(), true));
    at = end + 1;
  }

  /// The inside of double quotes, or of a here-document (end is NUL).
  private void quotedParts(List<Part> parts, char end) throws SyntaxException {
    var plain = new StringBuilder();
    while (true) {
      if (at >= text.length()) {
        if (end == '\0') {
          break;
        }
        throw error("unterminated quoted string", true);
      }
      char c = text.charAt(at);
      if (c == end && end != '\0') {
        at++;
        break;
      }
      if (c == '\\' && at + 1 < text.length()) {
        char next = text.charAt(at + 1);
        if (next == '\n') {
          line++;
        } else if ("$`\\".indexOf(next) >= 0 || (next == '"' && end == '"')) {
          plain.append(next);
        } else {
          plain.append('\\').append(next);
        }
        at += 2;
      } else if (c == '$') {
        quoted(parts, plain);
        dollar(parts, true);
      } else if (c == '`') {
        quoted(parts, plain);
        backquote(parts, true);
      } else {
        if (c == '\n') {
          line++;
        }
        plain.append(c);
        at++;
      }
    }
    quoted(parts, plain);
  }

  private static void quoted(List<Part> parts, StringBuilder plain) {
    if (!plain.isEmpty()) {
      parts.add(new Literal(plain.toString(), true));
      plain.setLength(0);
    }
  }

  private void backquote(List<Part> parts, boolean quoted) throws SyntaxException {
    var body = new StringBuilder();
    int i = at + 1;
    while (i < text.length() && text.charAt(i) != '`') {
      if (text.charAt(i) == '\\'
          && i + 1 < text.length()
          && "$`\\".indexOf(text.charAt(i + 1)) >= 0) {
        i++;
      }
      body.append(text.charAt(i++));
    }
    if (i >= text.length()) {
      throw error("EOF in backquote substitution", true);
    }
    at = i + 1;
    parts.add(new Word.Command(new Parser(body.toString(), 0, line).all(), quoted));
  }

  private void dollar(List<Part> parts, boolean quoted) throws SyntaxException {
    if (++depth > DEPTH_MAX) {
      throw error("nesting too deep", false);
    }
    if (peek("$((")) {
      int close = arithmeticEnd();
      if (close >= 0) {
        String inner = text.substring(at + 3, close);
        at = close + 2;
        List<Part> expression = new ArrayList<>();
        new Parser(inner, 0, line).quotedParts(expression, '\0');
        parts.add(new Word.Arithmetic(new Word(ImmutableList.copyOf(expression)), quoted));
        depth--;
        return;
      }
    }
    if (peek("$(")) {
      at += 2;
      var inner = new Parser(text, at, line);
      inner.depth = depth;
      Node body = inner.list(false);
      inner.finishHere();
      inner.skipNewlines();
      inner.expect(")");
      at = inner.at;
      line = inner.line;
      parts.add(new Word.Command(inner.resolveHere(body), quoted));
    } else if (peek("${")) {
      at += 2;
      braced(parts, quoted);
    } else {
      simpleParameter(parts, quoted);
    }
    depth--;
  }

  /// Where `))` closes the `$((` here; -1 if it is a command substitution of a subshell.
  private int arithmeticEnd() {
    int open = 0;
    for (int i = at + 3; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(') {
        open++;
      } else if (c == ')') {
        if (open == 0) {
          return text.startsWith("))", i) ? i : -1;
        }
        open--;
      }
    }
    return -1;
  }

  private void simpleParameter(List<Part> parts, boolean quoted) {
    int end = at + 1;
    if (end < text.length() && "@*#?-$!0123456789".indexOf(text.charAt(end)) >= 0) {
      end++;
    } else {
      while (end < text.length() && isNameChar(text.charAt(end), end == at + 1)) {
        end++;
      }
    }
    if (end == at + 1) {
      parts.add(new Literal("$", quoted));
      at++;
      return;
    }
    String name = text.substring(at + 1, end);
    parts.add(new Word.Parameter(name, "", false, null, null, quoted));
    at = end;
  }

  private void braced(List<Part> parts, boolean quoted) throws SyntaxException {
    if (peek("#") && !peek("#}")) {
      at++;
      String name = parameterName();
      expectBrace();
      parts.add(new Word.Parameter(name, "#", false, null, null, quoted));
      return;
    }
    String name = parameterName();
    boolean colon = false;
    String operator = "";
    if (peek(":") && at + 1 < text.length() && "-=?+".indexOf(text.charAt(at + 1)) >= 0) {
      colon = true;
      at++;
    }
    for (String candidate : List.of("-", "=", "?", "+", "%%", "%", "##", "#", "//", "/", ":")) {
      if (peek(candidate)) {
        operator = candidate;
        at += candidate.length();
        break;
      }
    }
    if (operator.startsWith("#")) {
      operator += "p";
    }
    Word argument = null;
    Word second = null;
    if (!operator.isEmpty()) {
      boolean patternOperator = !"-=?+".contains(operator);
      String stop = operator.startsWith("/") ? "/}" : operator.equals(":") ? ":}" : "}";
      argument = bracedWord(quoted && !patternOperator, stop);
      if (stop.length() > 1 && at < text.length() && text.charAt(at) == stop.charAt(0)) {
        at++;
        second = bracedWord(quoted && !patternOperator, "}");
      }
    }
    expectBrace();
    parts.add(new Word.Parameter(name, operator, colon, argument, second, quoted));
  }

  private Word bracedWord(boolean quoted, String stops) throws SyntaxException {
    List<Part> parts = new ArrayList<>();
    wordParts(parts, false, stops);
    if (!quoted) {
      return new Word(ImmutableList.copyOf(parts));
    }
    return new Word(
        parts.stream()
            .map(p -> p instanceof Literal(String t, _) ? new Literal(t, true) : p)
            .collect(ImmutableList.toImmutableList()));
  }

  private void expectBrace() throws SyntaxException {
    if (!peek("}")) {
      throw at >= text.length() ? error("missing '}'", true) : error("bad substitution", false);
    }
    at++;
  }

  private String parameterName() throws SyntaxException {
    int end = at;
    if (end < text.length() && "@*#?-$!".indexOf(text.charAt(end)) >= 0) {
      end++;
    } else {
      while (end < text.length() && (isNameChar(text.charAt(end), false))) {
        end++;
      }
    }
    if (end == at) {
      throw error("bad substitution", at >= text.length());
    }
    String name = text.substring(at, end);
    at = end;
    return name;
  }

  // ---- characters

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
  }

  private static boolean isOperator(char c) {
    return ";&|<>()\n".indexOf(c) >= 0;
  }

  static boolean isNameChar(char c, boolean first) {
    return c == '_'
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (!first && c >= '0' && c <= '9');
  }

  static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isNameChar(text.charAt(i), i == 0)) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private boolean peek(String expected) {
    return text.startsWith(expected, at);
  }

  private boolean takeIf(String expected) {
    if (peek(expected)) {
      at += expected.length();
      return true;
    }
    return false;
  }

  /// The unquoted word that starts here, if it could be a keyword or a name.
  private @Nullable String peekWord() {
    int end = at;
    while (end < text.length() && !isBlank(text.charAt(end)) && !isOperator(text.charAt(end))) {
      if ("'\"\\$`".indexOf(text.charAt(end)) >= 0) {
        return null;
      }
      end++;
    }
    return end == at ? null : text.substring(at, end);
  }

  private void take(String word) {
    at += word.length();
  }

  private String takeName() throws SyntaxException {
    String word = peekWord();
    String name = word == null ? "" : word;
    if (!isName(name.replace('-', '_'))) {
      throw word == null ? unexpected() : error("bad for loop variable", false);
    }
    at += name.length();
    return name;
  }

  private void skipBlanks() {
    while (at < text.length()) {
      if (isBlank(text.charAt(at))) {
        at++;
      } else if (peek("\\\n")) {
        at += 2;
        line++;
      } else if (peek("#")) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else {
        return;
      }
    }
  }

  private void newline() throws SyntaxException {
    at++;
    line++;
    finishHere();
  }

  private void skipNewlines() throws SyntaxException {
    skipBlanks();
    while (peek("\n")) {
      newline();
      skipBlanks();
    }
  }

  private void expect(String token) throws SyntaxException {
    skipBlanks();
    if (!peek(token)) {
      throw at >= text.length() ? end(token) : unexpected();
    }
    at += token.length();
  }

  private void expectWord(String word) throws SyntaxException {
    skipNewlines();
    if (!word.equals(peekWord())) {
      throw at >= text.length() ? end(word) : unexpected(word);
    }
    at += word.length();
  }

  private SyntaxException end(String expected) {
    return error("unexpected end of file (expecting \"" + expected + "\")", true);
  }

  private SyntaxException unexpected() {
    return unexpected(null);
  }

  private SyntaxException unexpected(@Nullable String expected) {
    String suffix = expected == null ? "" : " (expecting \"" + expected + "\")";
    if (at >= text.length()) {
      return error("unexpected end of file" + suffix, true);
    }
    char c = text.charAt(at);
    String word = peekWord();
    if (c == '\n') {
      return error("unexpected newline" + suffix, false);
    }
    String token = word != null && CLOSERS.contains(word) ? word : operatorToken(c);
    return error(
        token.isEmpty() ? "unexpected word" + suffix : "unexpected \"" + token + "\"" + suffix,
        false);
  }

  private String operatorToken(char c) {
    for (String token : List.of(";;", "&&", "||", ";", "&", "|", "(", ")", "<", ">")) {
      if (peek(token)) {
        return token;
      }
    }
    return isOperator(c) ? Character.toString(c) : "";
  }

  private SyntaxException error(String message, boolean incomplete) {
    return new SyntaxException(message, incomplete);
  }
}
