package dev.drydock.cluster.os.shell;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Signals;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.shell.Frame.Shadowed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/// Runs functions and the shell's builtin commands.
final class Commands {
  private static final ImmutableSet<String> SPECIAL =
      ImmutableSet.of(
          ":",
          ".",
          "break",
          "continue",
          "eval",
          "exec",
          "exit",
          "export",
          "readonly",
          "return",
          "set",
          "shift",
          "source",
          "times",
          "trap",
          "unset");
  private static final ImmutableSet<String> OTHERS =
      ImmutableSet.of(
          "[", "[[", "alias", "bg", "cd", "command", "echo", "false", "fg", "getopts", "hash",
          "jobs", "kill", "let", "local", "printf", "pwd", "read", "test", "true", "type", "ulimit",
          "umask", "unalias", "wait", "builtin", "declare", "typeset");
  private static final int CALLS_MAX = 1000;

  private final Shell shell;
  private final Sys sys;
  private final Io io;

  Commands(Shell shell, Sys sys, Io io) {
    this.shell = shell;
    this.sys = sys;
    this.io = io;
  }

  boolean isSpecial(String name) {
    return SPECIAL.contains(name);
  }

  boolean isBuiltin(String name) {
    return SPECIAL.contains(name) || OTHERS.contains(name);
  }

  private Next go() {
    return new Next.Go(shell);
  }

  Next function(
      Node body,
      ImmutableList<String> argv,
      ImmutableList<Redirects.Target> targets,
      ImmutableMap<String, Shadowed> undo,
      boolean tested)
      throws ShellFailure {
    if (shell.stack.size() > CALLS_MAX * 4) {
      throw new ShellFailure(argv.get(0) + ": too much nesting", 2);
    }
    if (!redirect(targets, undo, tested)) {
      return go();
    }
    shell.push(new Frame.Call(shell.positional, TreePMap.empty()));
    shell.positional = TreePVector.from(argv.subList(1, argv.size()));
    shell.push(new Frame.Run(body, tested));
    return go();
  }

  /// Redirects for the length of a command. False if that failed and was said.
  private boolean redirect(
      List<Redirects.Target> targets, ImmutableMap<String, Shadowed> undo, boolean tested) {
    if (!undo.isEmpty()) {
      shell.push(new Frame.Unassign(undo));
    }
    if (targets.isEmpty()) {
      return true;
    }
    try {
      shell.push(new Frame.Restore(Redirects.apply(sys, targets, true, shell.has('C'))));
      return true;
    } catch (ShellFailure e) {
      shell.complain(io, "", e.text());
      shell.status = e.status();
      shell.checkErrexit(sys, tested);
      return false;
    }
  }

  Next builtin(
      ImmutableList<String> argv,
      ImmutableList<Redirects.Target> targets,
      ImmutableMap<String, Shadowed> undo,
      boolean tested)
      throws ShellFailure {
    if (argv.get(0).equals("exec")) {
      return exec(argv, targets);
    }
    if (argv.get(0).equals("command") && argv.size() > 1 && !argv.get(1).startsWith("-")) {
      ImmutableList<String> rest = argv.subList(1, argv.size());
      if (!isBuiltin(rest.get(0))) {
        return program(rest, targets, undo, tested);
      }
      return builtin(rest, targets, undo, tested);
    }
    if (!redirect(targets, undo, tested)) {
      return go();
    }
    Integer status = status(argv);
    if (status != null) {
      shell.status = status;
      io.flush();
      if (io.hasFailed() && status == 0) {
        shell.status = 1;
        io.err(shell.arg0 + ": write error: No space left on device");
      }
      shell.checkErrexit(sys, tested);
    }
    return go();
  }

  private Next program(
      ImmutableList<String> argv,
      ImmutableList<Redirects.Target> targets,
      ImmutableMap<String, Shadowed> undo,
      boolean tested)
      throws ShellFailure {
    if (!undo.isEmpty()) {
      shell.push(new Frame.Unassign(undo));
    }
    var program =
        new Exec(argv, shell.environment(), targets, shell.messagePrefix(), shell.isInteractive());
    try {
      Sys.Child child = sys.fork(program);
      shell.push(new Frame.Await(ImmutableList.of(child.handle()), ImmutableList.of(), tested));
      return go();
    } catch (OsException e) {
      throw new ShellFailure("can't fork: " + e.text(), 2);
    }
  }

  private Next exec(ImmutableList<String> argv, ImmutableList<Redirects.Target> targets)
      throws ShellFailure {
    if (argv.size() > 1) {
      return new Next.Go(
          new Exec(
              argv.subList(1, argv.size()),
              shell.environment(),
              targets,
              shell.messagePrefix()
                  + (shell.scriptName.isEmpty() ? "exec: line " + shell.line + ": " : ""),
              shell.isInteractive()));
    }
    var _ = Redirects.apply(sys, targets, false, shell.has('C'));
    shell.status = 0;
    return go();
  }

  /// Runs a builtin; null if it has pushed frames that will give the status.
  private @Nullable Integer status(List<String> argv) throws ShellFailure {
    return switch (argv.get(0)) {
      case ":", "true", "times", "hash", "ulimit", "alias", "unalias", "bg", "fg" -> 0;
      case "false" -> 1;
      case "echo" -> SimpleCommands.echo(io, argv);
      case "printf" -> SimpleCommands.printf(io, argv);
      case "test", "[" -> SimpleCommands.test(io, argv);
      case "[[" -> SimpleCommands.test(io, doubleBracket(argv));
      case "pwd" -> SimpleCommands.pwd(io, argv);
      case "kill" -> kill(argv);
      case ".", "source" -> source(argv);
      case "eval" -> eval(argv);
      case "break", "continue" -> leaveLoop(argv);
      case "return" -> leaveFunction(argv);
      case "exit" -> exit(argv);
      case "export", "readonly" -> export(argv);
      case "local", "declare", "typeset" -> local(argv);
      case "set" -> set(argv);
      case "shift" -> shift(argv);
      case "unset" -> unset(argv);
      case "trap" -> trap(argv);
      case "cd" -> cd(argv);
      case "read" -> read(argv);
      case "wait" -> waitFor(argv);
      case "jobs" -> jobs();
      case "getopts" -> getopts(argv);
      case "umask" -> umask(argv);
      case "let" -> let(argv);
      case "command", "type", "builtin" -> type(argv);
      default -> throw new IllegalStateException(argv.get(0));
    };
  }

  private static List<String> doubleBracket(List<String> argv) {
    List<String> words = new ArrayList<>(argv);
    words.set(0, "[");
    if (words.get(words.size() - 1).equals("]]")) {
      words.set(words.size() - 1, "]");
    }
    words.replaceAll(word -> word.equals("&&") ? "-a" : word.equals("||") ? "-o" : word);
    return words;
  }

  private int kill(List<String> argv) {
    List<String> words = new ArrayList<>(argv);
    for (int i = 1; i < words.size(); i++) {
      if (words.get(i).startsWith("%")) {
        List<Sys.Child> running = shell.running(sys);
        String number = words.get(i).substring(1);
        int index = number.matches("[0-9]{1,4}") ? Integer.parseInt(number) : running.size();
        if (index < 1 || index > shell.background.size()) {
          shell.complain(io, "kill", "no such job");
          return 1;
        }
        words.set(i, Integer.toString(shell.background.get(index - 1).pid()));
      }
    }
    String prefix = shell.arg0 + ": ";
    return SimpleCommands.kill(io, prefix, words);
  }

  private @Nullable Integer source(List<String> argv) throws ShellFailure {
    if (argv.size() < 2) {
      shell.complain(io, ".", "filename argument required");
      return 2;
    }
    String name = argv.get(1);
    try {
      String path =
          name.contains("/") || sys.exists(name) ? name : sys.which(name, shell.value("PATH"));
      shell.push(new Frame.Script(sys.readFile(path), 0, 1, true));
      if (argv.size() > 2) {
        shell.push(new Frame.Call(shell.positional, TreePMap.empty()));
        shell.positional = TreePVector.from(argv.subList(2, argv.size()));
      }
      shell.status = 0;
      return null;
    } catch (OsException e) {
      throw new ShellFailure(
          ".: "
              + (shell.isInteractive() ? "" : "line " + shell.line + ": ")
              + "can't open '"
              + name
              + "': "
              + e.text(),
          2);
    }
  }

  private @Nullable Integer eval(List<String> argv) {
    String text = String.join(" ", argv.subList(1, argv.size()));
    if (text.isBlank()) {
      return 0;
    }
    shell.push(new Frame.Script(text, 0, shell.line, false));
    return null;
  }

  private Integer leaveLoop(List<String> argv) throws ShellFailure {
    int count = argv.size() > 1 ? Math.max(1, number(argv.get(0), argv.get(1))) : 1;
    boolean inLoop = false;
    for (Frame frame : shell.stack) {
      if (frame instanceof Frame.Call) {
        break;
      }
      inLoop |= frame instanceof Frame.Again || frame instanceof Frame.Each;
    }
    while (inLoop && !shell.stack.isEmpty()) {
      Frame top = shell.stack.get(0);
      boolean loop = top instanceof Frame.Again || top instanceof Frame.Each;
      if (top instanceof Frame.Call || top instanceof Frame.Input) {
        break;
      }
      if (loop && --count == 0) {
        if (argv.get(0).equals("break")) {
          Frame _ = shell.pop();
        }
        break;
      }
      shell.undo(sys, shell.pop());
    }
    return 0;
  }

  private int number(String builtin, String text) throws ShellFailure {
    if (!text.matches("[0-9]{1,9}")) {
      throw new ShellFailure(
          builtin
              + ": "
              + (shell.isInteractive() ? "" : "line " + shell.line + ": ")
              + "Illegal number: "
              + text,
          2);
    }
    return Integer.parseInt(text);
  }

  private Integer leaveFunction(List<String> argv) throws ShellFailure {
    int status = argv.size() > 1 ? number("return", argv.get(1)) & 0xff : shell.status;
    boolean inside =
        shell.stack.stream()
            .anyMatch(f -> f instanceof Frame.Call || (f instanceof Frame.Script s && s.file()));
    while (inside && !shell.stack.isEmpty()) {
      Frame top = shell.pop();
      shell.undo(sys, top);
      if (top instanceof Frame.Call || (top instanceof Frame.Script script && script.file())) {
        break;
      }
    }
    if (!inside) {
      shell.exit(sys, status);
    }
    return status;
  }

  private Integer exit(List<String> argv) throws ShellFailure {
    int status = argv.size() > 1 ? number("exit", argv.get(1)) : shell.status;
    for (Frame frame : shell.stack) {
      if (argv.size() == 1 && frame instanceof Frame.TrapDone(int before)) {
        status = before;
      }
    }
    shell.exit(sys, status);
    return status & 0xff;
  }

  private Integer export(List<String> argv) throws ShellFailure {
    boolean readOnly = argv.get(0).equals("readonly");
    int i = 1;
    boolean remove = false;
    while (i < argv.size() && argv.get(i).matches("-[pn]")) {
      remove |= argv.get(i).equals("-n");
      i++;
    }
    if (i >= argv.size()) {
      shell.variables.forEach(
          (name, v) -> {
            if (readOnly ? v.readOnly() : v.exported()) {
              io.line(argv.get(0) + " " + name + (v.set() ? "=" + quote(v.value()) : ""));
            }
          });
      return 0;
    }
    for (String word : argv.subList(i, argv.size())) {
      String name = nameOf(argv.get(0), word);
      if (word.contains("=")) {
        shell.assign(name, word.substring(word.indexOf('=') + 1));
      }
      Variable variable = shell.variables.get(name);
      if (variable == null) {
        variable = new Variable("", false, false, false);
      }
      shell.set(name, readOnly ? variable.freeze() : variable.export(!remove));
    }
    return 0;
  }

  private String nameOf(String builtin, String word) throws ShellFailure {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    if (!Parser.isName(name)) {
      throw new ShellFailure(
          builtin
              + ": "
              + (shell.isInteractive() ? "" : "line " + shell.line + ": ")
              + name
              + ": bad variable name",
          2);
    }
    return name;
  }

  static String quote(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }

  private Integer local(List<String> argv) throws ShellFailure {
    List<Frame> above = new ArrayList<>();
    Frame.Call call = null;
    for (Frame frame : shell.stack) {
      if (frame instanceof Frame.Call found) {
        call = found;
        break;
      }
      above.add(0, frame);
    }
    if (call == null) {
      if (!argv.get(0).equals("local")) {
        return export(argv);
      }
      shell.complain(io, "local", "not in a function");
      return 1;
    }
    var shadowed = call.shadowed();
    for (String word : argv.subList(1, argv.size())) {
      if (word.startsWith("-")) {
        continue;
      }
      String name = nameOf("local", word);
      if (!shadowed.containsKey(name)) {
        shadowed = shadowed.plus(name, new Shadowed(shell.variables.get(name)));
      }
      if (word.contains("=")) {
        shell.assign(name, word.substring(word.indexOf('=') + 1));
      } else {
        shell.set(name, null);
      }
    }
    for (Frame _ : above) {
      Frame _ = shell.pop();
    }
    Frame _ = shell.pop();
    shell.push(new Frame.Call(call.positional(), shadowed));
    above.forEach(shell::push);
    return 0;
  }

  private Integer set(List<String> argv) throws ShellFailure {
    if (argv.size() == 1) {
      shell.variables.forEach((name, v) -> io.line(name + "=" + quote(v.value())));
      return 0;
    }
    int i = 1;
    while (i < argv.size()) {
      String word = argv.get(i);
      if (word.equals("--") || !word.matches("[-+].+")) {
        break;
      }
      boolean on = word.startsWith("-");
      i++;
      for (char option : word.substring(1).toCharArray()) {
        if (option == 'o' && i < argv.size()) {
          setLong(argv.get(i++), on);
        } else if ("eufxnCvabmhiI".indexOf(option) >= 0) {
          shell.setOption(option, on);
        } else if (option != 'o') {
          throw new ShellFailure("set: line " + shell.line + ": illegal option -" + option, 2);
        }
      }
    }
    if (i < argv.size()) {
      int from = argv.get(i).equals("--") ? i + 1 : i;
      shell.positional = TreePVector.from(argv.subList(from, argv.size()));
    }
    return 0;
  }

  private void setLong(String name, boolean on) throws ShellFailure {
    char letter =
        switch (name) {
          case "errexit" -> 'e';
          case "nounset" -> 'u';
          case "noglob" -> 'f';
          case "xtrace" -> 'x';
          case "noclobber" -> 'C';
          case "verbose" -> 'v';
          case "pipefail" -> 'P';
          case "allexport" -> 'a';
          case "monitor" -> 'm';
          case "vi", "emacs", "ignoreeof", "notify", "noexec", "nolog" -> 'n';
          default ->
              throw new ShellFailure("set: line " + shell.line + ": illegal option -o " + name, 2);
        };
    if (letter != 'n') {
      shell.setOption(letter, on);
    }
  }

  private Integer shift(List<String> argv) throws ShellFailure {
    int count = argv.size() > 1 ? number("shift", argv.get(1)) : 1;
    if (count > shell.positional.size()) {
      return 1;
    }
    shell.positional = shell.positional.subList(count, shell.positional.size());
    return 0;
  }

  private Integer unset(List<String> argv) throws ShellFailure {
    boolean function = argv.size() > 1 && argv.get(1).equals("-f");
    for (String name : argv.subList(1, argv.size())) {
      if (name.matches("-[fv]")) {
        continue;
      }
      if (function) {
        shell.functions = shell.functions.minus(name);
        continue;
      }
      Variable variable = shell.variables.get(name);
      if (variable != null && variable.readOnly()) {
        throw new ShellFailure("unset: line " + shell.line + ": " + name + ": is read only", 2);
      }
      shell.set(name, null);
    }
    return 0;
  }

  private Integer trap(List<String> argv) {
    if (argv.size() == 1) {
      shell.traps.forEach(
          (signal, action) -> io.line("trap -- " + quote(action) + " " + Signals.name(signal)));
      return 0;
    }
    if (argv.get(1).equals("-l")) {
      return 0;
    }
    int first = argv.get(1).equals("--") ? 2 : 1;
    String action = argv.get(first);
    boolean reset = action.equals("-") || argv.size() == first + 1;
    for (String name :
        argv.subList(reset && !action.equals("-") ? first : first + 1, argv.size())) {
      int signal = Signals.parse(name);
      if (signal < 0) {
        shell.complain(io, "trap", name + ": invalid signal specification");
        return 1;
      }
      setTrap(signal, reset ? null : action);
    }
    return 0;
  }

  private void setTrap(int signal, @Nullable String action) {
    shell.traps = action == null ? shell.traps.minus(signal) : shell.traps.plus(signal, action);
    if (signal == 0) {
      return;
    }
    if (action == null) {
      sys.defaultSignal(signal);
    } else if (action.isEmpty()) {
      sys.ignoreSignal(signal);
    } else {
      sys.catchSignal(signal);
    }
  }

  private Integer cd(List<String> argv) {
    String target = argv.size() > 1 ? argv.get(1) : shell.value("HOME");
    if (target != null && target.matches("-[LP]")) {
      target = argv.size() > 2 ? argv.get(2) : shell.value("HOME");
    }
    boolean back = "-".equals(target);
    if (back) {
      target = shell.value("OLDPWD");
    }
    String directory = target == null ? "/" : target;
    String before = sys.directory();
    try {
      sys.chdir(directory.isEmpty() ? "." : directory);
    } catch (OsException e) {
      shell.complain(io, "cd", "can't cd to " + directory + ": " + e.text());
      return 2;
    }
    shell.assignQuietly("OLDPWD", before);
    shell.assignQuietly("PWD", sys.directory());
    if (back) {
      io.line(sys.directory());
    }
    return 0;
  }

  private @Nullable Integer read(List<String> argv) throws ShellFailure {
    boolean raw = false;
    Instant deadline = null;
    int max = 0;
    int i = 1;
    while (i < argv.size() && argv.get(i).startsWith("-") && argv.get(i).length() > 1) {
      String option = argv.get(i++);
      raw |= option.contains("r");
      if (option.endsWith("p") && i < argv.size()) {
        io.flush();
        sys.write(2, argv.get(i++));
      } else if (option.endsWith("t") && i < argv.size()) {
        deadline = sys.now().plus(Duration.ofSeconds(number("read", argv.get(i++))));
      } else if (option.endsWith("n") && i < argv.size()) {
        max = number("read", argv.get(i++));
      }
    }
    var names = ImmutableList.copyOf(argv.subList(i, argv.size()));
    for (String name : names) {
      String _ = nameOf("read", name);
    }
    shell.push(
        new Frame.Read(
            names.isEmpty() ? ImmutableList.of("REPLY") : names, raw, "", deadline, max));
    return null;
  }

  private @Nullable Integer waitFor(List<String> argv) {
    var handles = ImmutableList.<Integer>builder();
    for (String word : argv.subList(1, argv.size())) {
      String text = word.startsWith("%") ? word.substring(1) : word;
      boolean number = text.matches("[0-9]{1,9}");
      int wanted = number ? Integer.parseInt(text) : -1;
      Sys.Child found = null;
      for (int i = 0; i < shell.background.size(); i++) {
        Sys.Child child = shell.background.get(i);
        if (word.startsWith("%") ? i + 1 == wanted : child.pid() == wanted) {
          found = child;
        }
      }
      if (found == null) {
        return 127;
      }
      handles.add(found.handle());
    }
    shell.push(new Frame.WaitFor(handles.build()));
    return null;
  }

  private Integer jobs() {
    List<Sys.Child> running = shell.running(sys);
    for (int i = 0; i < running.size(); i++) {
      io.line("[%d]%s  Running".formatted(i + 1, i == running.size() - 1 ? "+" : " "));
    }
    return 0;
  }

  private Integer getopts(List<String> argv) throws ShellFailure {
    if (argv.size() < 3) {
      throw new ShellFailure(
          "getopts: line " + shell.line + ": usage: getopts optstring var [arg]", 2);
    }
    String options = argv.get(1);
    List<String> words = argv.size() > 3 ? argv.subList(3, argv.size()) : shell.positional;
    String index = shell.value("OPTIND");
    String[] at = (index == null ? "1" : index).split("\\.", 2);
    int word = at[0].matches("[0-9]{1,6}") ? Math.max(1, Integer.parseInt(at[0])) : 1;
    String within = shell.value("\0optpos");
    int position = within == null ? 1 : Integer.parseInt(within);
    boolean over =
        word > words.size()
            || !words.get(word - 1).matches("-.+")
            || words.get(word - 1).equals("--");
    if (over) {
      boolean dashes = word <= words.size() && words.get(word - 1).equals("--");
      shell.assign("OPTIND", Integer.toString(dashes ? word + 1 : word));
      shell.assign(argv.get(2), "?");
      return 1;
    }
    String current = words.get(word - 1);
    char option = current.charAt(Math.min(position, current.length() - 1));
    int known = option == ':' ? -1 : options.indexOf(option);
    boolean takes = known >= 0 && options.startsWith(":", known + 1);
    boolean lastOfWord = position + 1 >= current.length();
    String result = Character.toString(option);
    if (known < 0) {
      shell.complain(io, "", "Illegal option -" + option);
      result = "?";
    } else if (takes) {
      if (!lastOfWord) {
        shell.assign("OPTARG", current.substring(position + 1));
      } else if (word < words.size()) {
        shell.assign("OPTARG", words.get(word++));
      } else {
        shell.complain(io, "", "No arg for -" + option + " option");
        result = "?";
      }
      lastOfWord = true;
    }
    shell.set("\0optpos", lastOfWord ? null : Variable.of(Integer.toString(position + 1)));
    shell.assign("OPTIND", Integer.toString(lastOfWord ? word + 1 : word));
    shell.assign(argv.get(2), result);
    return 0;
  }

  private Integer umask(List<String> argv) {
    if (argv.size() > 1 && argv.get(1).matches("[0-7]{1,4}")) {
      sys.setUmask(Integer.parseInt(argv.get(1), 8));
    } else {
      io.line("%04o".formatted(sys.umask()));
    }
    return 0;
  }

  private Integer let(List<String> argv) throws ShellFailure {
    long value = 0;
    for (String expression : argv.subList(1, argv.size())) {
      try {
        value =
            new Arithmetic(
                    expression,
                    name -> {
                      String found = shell.value(name);
                      return found == null ? "" : found;
                    },
                    shell::assignQuietly)
                .value();
      } catch (Arithmetic.ArithmeticFailure e) {
        throw new ShellFailure(String.valueOf(e.getMessage()), 2);
      }
    }
    return value == 0 ? 1 : 0;
  }

  private Integer type(List<String> argv) {
    boolean brief = argv.size() > 1 && argv.get(1).equals("-v");
    int from = brief || (argv.size() > 1 && argv.get(1).equals("-V")) ? 2 : 1;
    int status = 0;
    for (String name : argv.subList(from, argv.size())) {
      String what = null;
      String path = name;
      if (shell.functions.containsKey(name)) {
        what = name + " is a function";
      } else if (isBuiltin(name)) {
        what = name + " is a shell builtin";
      } else {
        try {
          path = sys.which(name, shell.value("PATH"));
          what = name + " is " + path;
        } catch (OsException _) {
          status = 127;
        }
      }
      if (what != null) {
        io.line(brief ? path : what);
      } else if (!brief) {
        io.line(name + ": not found");
      }
    }
    return status;
  }
}
