package dev.drydock.cluster.os.applets;

import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.applets.AwkLexer.Token;
import dev.drydock.cluster.os.applets.AwkRun.Expression;
import dev.drydock.cluster.os.applets.AwkRun.Function;
import dev.drydock.cluster.os.applets.AwkRun.Leave;
import dev.drydock.cluster.os.applets.AwkRun.Place;
import dev.drydock.cluster.os.applets.AwkRun.Rule;
import dev.drydock.cluster.os.applets.AwkRun.Statement;
import dev.drydock.cluster.os.shell.SimpleCommands;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compiles an awk program to expressions and statements that are run by walking them.
///
/// Not there: pipes to and from commands, `system`, printf's `%c` of numbers.
final class AwkParser {
  private static final int DEPTH_MAX = 200;

  private final List<Token> tokens;
  private final List<Rule> rules = new ArrayList<>();
  private final Map<String, Function> functions = new HashMap<>();
  private Set<String> locals = Set.of();
  private int at;
  private int depth;
  private boolean noGreater;

  private AwkParser(List<Token> tokens) {
    this.tokens = tokens;
  }

  static List<Rule> parse(String text) throws UsageException {
    var parser = new AwkParser(AwkLexer.tokens(text));
    parser.program();
    return parser.rules;
  }

  // ---- tokens

  private Token peek() {
    return tokens.get(at);
  }

  private boolean is(String text) {
    Token token = peek();
    return (token.kind() == 'o' || token.kind() == 'k') && token.text().equals(text);
  }

  private boolean take(String text) {
    if (is(text)) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(String text) throws UsageException {
    if (!take(text)) {
      throw unexpected();
    }
  }

  private static UsageException unexpected() {
    return new UsageException("cmd. line:1: Unexpected token");
  }

  private void skipEnds() {
    while (peek().kind() == ';') {
      at++;
    }
  }

  private void skipNewlines() {
    while (peek().kind() == ';' && peek().text().equals("\n")) {
      at++;
    }
  }

  // ---- program

  private void program() throws UsageException {
    skipEnds();
    while (peek().kind() != 'e') {
      if (take("function") || take("func")) {
        function();
      } else {
        rule();
      }
      skipEnds();
    }
  }

  private void function() throws UsageException {
    String name = peek().text();
    at++;
    expect("(");
    List<String> parameters = new ArrayList<>();
    while (!take(")")) {
      parameters.add(peek().text());
      at++;
      boolean _ = take(",");
      if (peek().kind() == 'e') {
        throw unexpected();
      }
    }
    skipNewlines();
    locals = Set.copyOf(parameters);
    Statement body = block();
    locals = Set.of();
    functions.put(name, new Function(List.copyOf(parameters), body));
  }

  private void rule() throws UsageException {
    if (take("BEGIN")) {
      rules.add(new Rule('B', null, null, block()));
      return;
    }
    if (take("END")) {
      rules.add(new Rule('E', null, null, block()));
      return;
    }
    Expression first = is("{") ? null : expression();
    Expression second = first != null && take(",") ? expression() : null;
    Statement body = is("{") ? block() : run -> printRecord(run);
    rules.add(new Rule(second != null ? 'R' : 'P', first, second, body));
  }

  private static void printRecord(AwkRun run) {
    run.io.out(run.memory.record).out(separator(run, "ORS", "\n"));
  }

  private static String separator(AwkRun run, String name, String otherwise) {
    AwkValue value = run.memory.variables.get(name);
    return value == null ? otherwise : value.text();
  }

  // ---- statements

  private Statement block() throws UsageException {
    expect("{");
    List<Statement> body = new ArrayList<>();
    skipEnds();
    while (!take("}")) {
      if (peek().kind() == 'e') {
        throw new UsageException("cmd. line:1: Unexpected end of string");
      }
      body.add(statement());
      skipEnds();
    }
    return run -> {
      for (Statement one : body) {
        one.run(run);
      }
    };
  }

  private Statement statement() throws UsageException {
    if (++depth > DEPTH_MAX) {
      throw unexpected();
    }
    try {
      skipNewlines();
      if (is("{")) {
        return block();
      }
      if (peek().kind() == ';') {
        return run -> {};
      }
      if (peek().kind() == 'k') {
        return keyword();
      }
      Expression expression = expression();
      return run -> {
        AwkValue _ = expression.value(run);
      };
    } finally {
      depth--;
    }
  }

  private Statement keyword() throws UsageException {
    String word = peek().text();
    if (word.equals("getline")) {
      Expression expression = expression();
      return run -> {
        AwkValue _ = expression.value(run);
      };
    }
    at++;
    return switch (word) {
      case "if" -> ifStatement();
      case "while" -> {
        Expression condition = parenthesised();
        yield loop(condition, body(), run -> {});
      }
      case "do" -> {
        Statement body = statement();
        skipEnds();
        expect("while");
        Expression condition = parenthesised();
        Statement rest = loop(condition, body, run -> {});
        yield run -> {
          if (once(run, body)) {
            rest.run(run);
          }
        };
      }
      case "for" -> forStatement();
      case "break" -> leave('b');
      case "continue" -> leave('c');
      case "next" -> leave('n');
      case "exit", "return" -> {
        boolean bare = peek().kind() == ';' || is("}") || peek().kind() == 'e';
        Expression value = bare ? run -> new AwkValue.Unset() : expression();
        char how = word.equals("exit") ? 'x' : 'r';
        yield run -> {
          throw new Leave(how, value.value(run));
        };
      }
      case "delete" -> delete();
      case "print", "printf" -> print(word.equals("printf"));
      default -> throw unexpected();
    };
  }

  private static Statement leave(char how) {
    return run -> {
      throw new Leave(how, new AwkValue.Unset());
    };
  }

  private Expression parenthesised() throws UsageException {
    expect("(");
    Expression inner = expression();
    expect(")");
    return inner;
  }

  private Statement body() throws UsageException {
    skipNewlines();
    return statement();
  }

  private Statement ifStatement() throws UsageException {
    Expression condition = parenthesised();
    Statement yes = body();
    int before = at;
    skipEnds();
    if (!take("else")) {
      at = before;
      return run -> {
        run.memory.step();
        if (condition.value(run).truth()) {
          yes.run(run);
        }
      };
    }
    Statement no = body();
    return run -> {
      run.memory.step();
      if (condition.value(run).truth()) {
        yes.run(run);
      } else {
        no.run(run);
      }
    };
  }

  /// Runs a loop's body once; false if it broke out.
  private static boolean once(AwkRun run, Statement body) throws UsageException {
    try {
      body.run(run);
      return true;
    } catch (Leave leave) {
      if (leave.how == 'b') {
        return false;
      }
      if (leave.how != 'c') {
        throw leave;
      }
      return true;
    }
  }

  private static Statement loop(Expression condition, Statement body, Statement after) {
    return run -> {
      while (condition.value(run).truth()) {
        run.memory.step();
        if (!once(run, body)) {
          return;
        }
        after.run(run);
      }
    };
  }

  private Statement forStatement() throws UsageException {
    expect("(");
    boolean eachKey =
        peek().kind() == 'w'
            && tokens.get(at + 1).text().equals("in")
            && tokens.get(at + 2).kind() == 'w'
            && tokens.get(at + 3).text().equals(")");
    if (eachKey) {
      Place key = variable(peek().text());
      String array = tokens.get(at + 2).text();
      at += 4;
      Statement body = body();
      return run -> {
        for (String name : run.memory.keys(array)) {
          run.memory.step();
          key.assign(run, new AwkValue.Input(name));
          if (!once(run, body)) {
            return;
          }
        }
      };
    }
    Statement start = peek().kind() == ';' ? run -> {} : statement();
    semicolon();
    Expression condition = peek().kind() == ';' ? run -> AwkValue.of(true) : expression();
    semicolon();
    Statement step = is(")") ? run -> {} : statement();
    expect(")");
    Statement loop = loop(condition, body(), step);
    return run -> {
      start.run(run);
      loop.run(run);
    };
  }

  private void semicolon() throws UsageException {
    if (peek().kind() != ';') {
      throw unexpected();
    }
    at++;
  }

  private Statement delete() throws UsageException {
    String array = peek().text();
    at++;
    if (!is("[")) {
      return run ->
          run.memory.setArray(
              array, run.memory.array(array).minusAll(run.memory.array(array).keySet()));
    }
    Expression key = subscript();
    return run -> run.memory.setArray(array, run.memory.array(array).minus(key.value(run).text()));
  }

  private Statement print(boolean formatted) throws UsageException {
    List<Expression> values = new ArrayList<>();
    boolean outer = noGreater;
    noGreater = true;
    boolean grouped = is("(") && closesBeforeEnd();
    if (grouped) {
      at++;
      noGreater = false;
    }
    while (peek().kind() != ';'
        && peek().kind() != 'e'
        && !is("}")
        && !is(">")
        && !is(">>")
        && !is("|")
        && !is(")")) {
      values.add(expression());
      skipCommaNewlines();
      if (!take(",")) {
        break;
      }
      skipNewlines();
    }
    if (grouped) {
      expect(")");
      noGreater = true;
    }
    Expression file = null;
    boolean append = is(">>");
    if (is("|")) {
      throw new UsageException("cmd. line:1: pipes are not supported");
    }
    if (take(">") || take(">>")) {
      file = concatenation();
    }
    noGreater = outer;
    return printer(formatted, values, file, append);
  }

  private void skipCommaNewlines() {
    if (peek().kind() == ';'
        && peek().text().equals("\n")
        && tokens.get(at + 1).text().equals(",")) {
      at++;
    }
  }

  /// True if the parenthesis here closes right before the end of the statement or a redirection.
  private boolean closesBeforeEnd() {
    int open = 0;
    for (int i = at; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.kind() == 'o' && token.text().equals("(")) {
        open++;
      } else if (token.kind() == 'o' && token.text().equals(")") && --open == 0) {
        Token next = tokens.get(i + 1);
        return next.kind() == ';'
            || next.kind() == 'e'
            || Set.of("}", ">", ">>", "|").contains(next.text());
      }
    }
    return false;
  }

  private static Statement printer(
      boolean formatted, List<Expression> values, @Nullable Expression file, boolean append) {
    return run -> {
      run.memory.step();
      List<String> texts = new ArrayList<>();
      for (Expression value : values) {
        texts.add(value.value(run).text());
      }
      String text;
      if (formatted) {
        text =
            texts.isEmpty()
                ? ""
                : SimpleCommands.format(texts.get(0), texts.subList(1, texts.size()));
      } else {
        text =
            (texts.isEmpty() ? run.memory.record : String.join(separator(run, "OFS", " "), texts))
                + separator(run, "ORS", "\n");
      }
      if (file == null) {
        run.io.out(text);
      } else {
        write(run, file.value(run).text(), text, append);
      }
    };
  }

  private static void write(AwkRun run, String file, String text, boolean append)
      throws UsageException {
    if (file.equals("/dev/stdout")) {
      run.io.out(text);
      return;
    }
    run.io.flush();
    Sys sys = run.io.sys();
    if (file.equals("/dev/stderr")) {
      sys.write(2, text);
      return;
    }
    try {
      boolean fresh = !append && !run.memory.opened.containsKey(file);
      int fd = sys.open(file, fresh ? Sys.Open.WRITE : Sys.Open.APPEND);
      sys.write(fd, text);
      sys.close(fd);
      run.memory.opened = run.memory.opened.plus(file, true);
    } catch (OsException e) {
      throw new UsageException(file + ": " + e.text());
    }
  }

  // ---- expressions

  private Expression expression() throws UsageException {
    if (++depth > DEPTH_MAX) {
      throw unexpected();
    }
    try {
      return ternary();
    } finally {
      depth--;
    }
  }

  private Expression ternary() throws UsageException {
    Expression condition = or();
    if (condition instanceof Place place) {
      for (String operator : List.of("=", "+=", "-=", "*=", "/=", "%=", "^=")) {
        if (take(operator)) {
          skipNewlines();
          return assignment(place, operator, expression());
        }
      }
    }
    if (!take("?")) {
      return condition;
    }
    skipNewlines();
    Expression yes = expression();
    skipNewlines();
    expect(":");
    skipNewlines();
    Expression no = expression();
    return run -> condition.value(run).truth() ? yes.value(run) : no.value(run);
  }

  private static Expression assignment(Place place, String operator, Expression right) {
    if (operator.equals("=")) {
      return run -> {
        AwkValue value = right.value(run);
        place.assign(run, value);
        return value;
      };
    }
    char op = operator.charAt(0);
    return run -> {
      double other = right.value(run).number();
      AwkValue value = AwkValue.of(compute(op, place.value(run).number(), other));
      place.assign(run, value);
      return value;
    };
  }

  private static double compute(char operator, double a, double b) throws UsageException {
    if ((operator == '/' || operator == '%') && b == 0) {
      throw new UsageException("cmd. line:1: Division by zero");
    }
    return switch (operator) {
      case '+' -> a + b;
      case '-' -> a - b;
      case '*' -> a * b;
      case '/' -> a / b;
      case '%' -> a % b;
      default -> Math.pow(a, b);
    };
  }

  private Expression or() throws UsageException {
    Expression left = and();
    while (take("||")) {
      skipNewlines();
      Expression a = left;
      Expression b = and();
      left = run -> AwkValue.of(a.value(run).truth() || b.value(run).truth());
    }
    return left;
  }

  private Expression and() throws UsageException {
    Expression left = membership();
    while (take("&&")) {
      skipNewlines();
      Expression a = left;
      Expression b = membership();
      left = run -> AwkValue.of(a.value(run).truth() && b.value(run).truth());
    }
    return left;
  }

  private Expression membership() throws UsageException {
    Expression left = match();
    while (take("in")) {
      Expression key = left;
      String array = peek().text();
      at++;
      left = run -> AwkValue.of(run.memory.array(array).containsKey(key.value(run).text()));
    }
    return left;
  }

  private Expression match() throws UsageException {
    Expression left = comparison();
    while (is("~") || (is("!") && tokens.get(at + 1).text().equals("~"))) {
      boolean negated = take("!");
      expect("~");
      Expression text = left;
      Expression pattern = pattern();
      left =
          run ->
              AwkValue.of(
                  Regex.compile(pattern.value(run).text(), true, false).find(text.value(run).text())
                      != negated);
    }
    return left;
  }

  /// A regular expression literal as its text, or an expression that gives one.
  private Expression pattern() throws UsageException {
    if (peek().kind() == 'r') {
      String text = tokens.get(at++).text();
      return run -> AwkValue.of(text);
    }
    return comparison();
  }

  private Expression comparison() throws UsageException {
    Expression left = concatenation();
    for (String operator : List.of("==", "!=", "<=", ">=", "<", ">")) {
      if (is(operator) && !(noGreater && operator.equals(">"))) {
        at++;
        Expression right = concatenation();
        return run -> {
          int order = AwkValue.compare(left.value(run), right.value(run));
          return AwkValue.of(
              switch (operator) {
                case "==" -> order == 0;
                case "!=" -> order != 0;
                case "<=" -> order <= 0;
                case ">=" -> order >= 0;
                case "<" -> order < 0;
                default -> order > 0;
              });
        };
      }
    }
    return left;
  }

  private Expression concatenation() throws UsageException {
    Expression left = additive();
    while (startsOperand()) {
      Expression a = left;
      Expression b = additive();
      left =
          run -> {
            run.memory.step();
            return AwkValue.of(a.value(run).text() + b.value(run).text());
          };
    }
    return left;
  }

  private boolean startsOperand() {
    Token token = peek();
    return switch (token.kind()) {
      case 'n', 's', 'w', 'f', 'r' -> true;
      case 'o' ->
          Set.of("(", "$", "!", "-", "+", "++", "--").contains(token.text())
              && !(token.text().equals("!") && tokens.get(at + 1).text().equals("~"))
              && !token.text().equals("+")
              && !token.text().equals("-");
      default -> false;
    };
  }

  private Expression additive() throws UsageException {
    Expression left = multiplicative();
    while (is("+") || is("-")) {
      left = arithmetic(tokens.get(at++).text().charAt(0), left, multiplicative());
    }
    return left;
  }

  private Expression multiplicative() throws UsageException {
    Expression left = unary();
    while (is("*") || is("/") || is("%")) {
      left = arithmetic(tokens.get(at++).text().charAt(0), left, unary());
    }
    return left;
  }

  private static Expression arithmetic(char operator, Expression left, Expression right) {
    return run ->
        AwkValue.of(compute(operator, left.value(run).number(), right.value(run).number()));
  }

  private Expression unary() throws UsageException {
    if (++depth > DEPTH_MAX) {
      throw unexpected();
    }
    try {
      if (take("!")) {
        Expression inner = unary();
        return run -> AwkValue.of(!inner.value(run).truth());
      }
      if (take("-")) {
        Expression inner = unary();
        return run -> AwkValue.of(-inner.value(run).number());
      }
      if (take("+")) {
        Expression inner = unary();
        return run -> AwkValue.of(inner.value(run).number());
      }
      Expression base = postfix();
      if (take("^")) {
        return arithmetic('^', base, unary());
      }
      return base;
    } finally {
      depth--;
    }
  }

  private Expression postfix() throws UsageException {
    if (is("++") || is("--")) {
      double step = tokens.get(at++).text().equals("++") ? 1 : -1;
      if (!(primary() instanceof Place place)) {
        throw unexpected();
      }
      return run -> {
        AwkValue value = AwkValue.of(place.value(run).number() + step);
        place.assign(run, value);
        return value;
      };
    }
    Expression base = primary();
    if (base instanceof Place place && (is("++") || is("--"))) {
      double step = tokens.get(at++).text().equals("++") ? 1 : -1;
      return run -> {
        double old = place.value(run).number();
        place.assign(run, AwkValue.of(old + step));
        return AwkValue.of(old);
      };
    }
    return base;
  }

  private Expression primary() throws UsageException {
    Token token = tokens.get(at++);
    switch (token.kind()) {
      case 'n' -> {
        AwkValue value = AwkValue.of(Double.parseDouble(token.text()));
        return run -> value;
      }
      case 's' -> {
        AwkValue value = AwkValue.of(token.text());
        return run -> value;
      }
      case 'r' -> {
        Regex regex = Regex.compile(token.text(), true, false);
        return run -> AwkValue.of(regex.find(run.memory.record));
      }
      case 'f' -> {
        return call(token.text());
      }
      case 'w' -> {
        return is("[") ? element(token.text()) : variable(token.text());
      }
      default -> {
        return grouping(token);
      }
    }
  }

  private Expression grouping(Token token) throws UsageException {
    if (token.kind() == 'k' && token.text().equals("getline")) {
      return getline();
    }
    if (token.kind() == 'o' && token.text().equals("$")) {
      Expression index = postfixOperand();
      return new Field(index);
    }
    if (token.kind() != 'o' || !token.text().equals("(")) {
      throw unexpected();
    }
    boolean outerGreater = noGreater;
    noGreater = false;
    List<Expression> list = new ArrayList<>();
    do {
      list.add(expression());
    } while (take(","));
    expect(")");
    noGreater = outerGreater;
    if (list.size() == 1) {
      Expression only = list.get(0);
      return run -> only.value(run);
    }
    return joined(list);
  }

  private Expression postfixOperand() throws UsageException {
    return is("++") || is("--") || is("-") ? unary() : primary();
  }

  private static Expression joined(List<Expression> keys) {
    return run -> {
      List<String> texts = new ArrayList<>();
      for (Expression key : keys) {
        texts.add(key.value(run).text());
      }
      return AwkValue.of(String.join("\u001c", texts));
    };
  }

  private record Field(Expression index) implements Place {
    @Override
    public AwkValue value(AwkRun run) throws UsageException {
      return run.memory.field((int) index.value(run).number());
    }

    @Override
    public void assign(AwkRun run, AwkValue value) throws UsageException {
      run.memory.setField((int) index.value(run).number(), value.text());
    }
  }

  private Place variable(String name) {
    String real = locals.contains(name) ? "local " + name : name;
    return new Place() {
      @Override
      public AwkValue value(AwkRun run) {
        return run.memory.get(real);
      }

      @Override
      public void assign(AwkRun run, AwkValue value) {
        run.memory.set(real, value);
      }
    };
  }

  private Expression subscript() throws UsageException {
    expect("[");
    List<Expression> keys = new ArrayList<>();
    boolean outer = noGreater;
    noGreater = false;
    do {
      keys.add(expression());
    } while (take(","));
    noGreater = outer;
    expect("]");
    return keys.size() == 1 ? keys.get(0) : joined(keys);
  }

  private Place element(String array) throws UsageException {
    Expression key = subscript();
    return new Place() {
      @Override
      public AwkValue value(AwkRun run) throws UsageException {
        String name = key.value(run).text();
        AwkValue value = run.memory.array(array).get(name);
        if (value == null) {
          run.memory.setElement(array, name, new AwkValue.Unset());
          return new AwkValue.Unset();
        }
        return value;
      }

      @Override
      public void assign(AwkRun run, AwkValue value) throws UsageException {
        run.memory.setElement(array, key.value(run).text(), value);
      }
    };
  }

  /// `getline < file` and `getline var < file`.
  private Expression getline() throws UsageException {
    Place target = peek().kind() == 'w' ? (Place) primary() : new Field(run -> AwkValue.of(0));
    if (!take("<")) {
      throw new UsageException("cmd. line:1: getline needs a file");
    }
    Expression file = primary();
    return run -> {
      String name = file.value(run).text();
      Sys sys = run.io.sys();
      try {
        Integer open = run.memory.readers.get(name);
        int fd = open == null ? sys.open(name, Sys.Open.READ) : open;
        run.memory.readers = run.memory.readers.plus(name, fd);
        String line = sys.readLine(fd, 1 << 16);
        if (line == null || line.isEmpty()) {
          return AwkValue.of(0);
        }
        target.assign(
            run,
            new AwkValue.Input(line.endsWith("\n") ? line.substring(0, line.length() - 1) : line));
        return AwkValue.of(1);
      } catch (OsException _) {
        return AwkValue.of(-1);
      }
    };
  }

  private Expression call(String name) throws UsageException {
    List<Expression> arguments = new ArrayList<>();
    List<Token> bareNames = new ArrayList<>();
    if (take("(")) {
      boolean outer = noGreater;
      noGreater = false;
      skipNewlines();
      while (!take(")")) {
        Token start = peek();
        boolean regex = start.kind() == 'r' && AwkBuiltins.NAMES.contains(name);
        bareNames.add(start);
        arguments.add(regex ? pattern() : expression());
        skipNewlines();
        if (!is(")")) {
          expect(",");
          skipNewlines();
        }
      }
      noGreater = outer;
    }
    return switch (name) {
      case "split" -> split(arguments, bareNames);
      case "sub", "gsub" -> substitution(name, arguments);
      case "system" -> throw new UsageException("cmd. line:1: system is not supported");
      case "length" -> {
        boolean one = bareNames.size() == 1 && bareNames.get(0).kind() == 'w';
        String array = one ? bareNames.get(0).text() : "";
        yield run ->
            one && !run.memory.array(array).isEmpty()
                ? AwkValue.of(run.memory.array(array).size())
                : builtin(run, name, arguments);
      }
      default ->
          AwkBuiltins.NAMES.contains(name)
              ? run -> builtin(run, name, arguments)
              : run -> invoke(run, name, arguments, bareNames);
    };
  }

  private static AwkValue builtin(AwkRun run, String name, List<Expression> arguments)
      throws UsageException {
    run.memory.step();
    List<AwkValue> values = new ArrayList<>();
    for (Expression argument : arguments) {
      values.add(argument.value(run));
    }
    return AwkBuiltins.call(name, values, run.memory, run.io.sys());
  }

  private static Expression split(List<Expression> arguments, List<Token> names)
      throws UsageException {
    if (arguments.size() < 2) {
      throw unexpected();
    }
    String array = names.get(1).text();
    return run -> {
      String separator =
          arguments.size() > 2 ? arguments.get(2).value(run).text() : run.memory.separator();
      List<String> parts = AwkMemory.split(arguments.get(0).value(run).text(), separator);
      run.memory.setArray(
          array, run.memory.array(array).minusAll(run.memory.array(array).keySet()));
      for (int i = 0; i < parts.size(); i++) {
        run.memory.setElement(array, Integer.toString(i + 1), new AwkValue.Input(parts.get(i)));
      }
      return AwkValue.of(parts.size());
    };
  }

  private static Expression substitution(String name, List<Expression> arguments)
      throws UsageException {
    if (arguments.size() < 2) {
      throw unexpected();
    }
    Place target =
        arguments.size() > 2 && arguments.get(2) instanceof Place place
            ? place
            : new Field(run -> AwkValue.of(0));
    return run -> {
      run.memory.step();
      var result =
          AwkBuiltins.substitute(
              arguments.get(0).value(run).text(),
              arguments.get(1).value(run).text(),
              target.value(run).text(),
              name.equals("gsub"));
      if (result.count() > 0) {
        target.assign(run, AwkValue.of(result.text()));
      }
      return AwkValue.of(result.count());
    };
  }

  private AwkValue invoke(
      AwkRun run, String name, List<Expression> arguments, List<Token> bareNames)
      throws UsageException {
    Function function = functions.get(name);
    if (function == null) {
      throw new UsageException("cmd. line:1: Call to undefined function");
    }
    if (++run.calls > AwkRun.CALLS_MAX) {
      throw new UsageException("cmd. line:1: too much recursion");
    }
    run.memory.step();
    AwkMemory memory = run.memory;
    Map<String, AwkValue> saved = new HashMap<>();
    var aliases = memory.aliases;
    Map<String, AwkValue> fresh = new HashMap<>();
    var inner = aliases;
    for (int i = 0; i < function.parameters().size(); i++) {
      String parameter = function.parameters().get(i);
      boolean given = i < arguments.size();
      boolean array =
          given
              && bareNames.get(i).kind() == 'w'
              && !memory.array(bareNames.get(i).text()).isEmpty();
      inner =
          inner.plus(
              parameter,
              array ? memory.alias(bareNames.get(i).text()) : parameter + " " + run.calls);
      fresh.put("local " + parameter, given ? arguments.get(i).value(run) : new AwkValue.Unset());
      saved.put("local " + parameter, memory.get("local " + parameter));
    }
    memory.aliases = inner;
    fresh.forEach(memory::set);
    try {
      function.body().run(run);
      return new AwkValue.Unset();
    } catch (Leave leave) {
      if (leave.how != 'r') {
        throw leave;
      }
      return leave.value;
    } finally {
      saved.forEach(memory::set);
      memory.aliases = aliases;
      run.calls--;
    }
  }
}
