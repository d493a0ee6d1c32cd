package dev.drydock.cluster.os.shell;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Signals;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.Wait;
import dev.drydock.cluster.os.shell.Frame.Shadowed;
import dev.drydock.cluster.os.shell.Node.Assignment;
import dev.drydock.cluster.os.shell.Node.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.ConsPStack;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PStack;
import org.pcollections.PVector;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/// The shell as a machine. A step takes the top {@link Frame} off the stack, does what it says and
/// pushes what is left to do; nothing of the shell lives on the Java stack between steps.
///
/// A step works on a copy, whose fields it may change; what they refer to is immutable.
///
/// Models busybox shell/ash.c. Not there: job control (fg, bg), aliases, command history.
public final class Shell implements Program, Cloneable {
  PMap<String, Variable> variables = TreePMap.empty();
  PMap<String, Node> functions = HashTreePMap.empty();
  PVector<String> positional = TreePVector.empty();
  String arg0 = "sh";

  /// Actions by signal number; 0 is EXIT. An empty action ignores the signal.
  PMap<Integer, String> traps = TreePMap.empty();

  PStack<Frame> stack = ConsPStack.empty();
  String options = "";
  int status;
  int line;
  int lastBackground;
  int shellPid;

  /// Children in the background: handle and pid.
  PVector<Sys.Child> background = TreePVector.empty();

  /// Statuses of background children that have ended, by handle.
  PMap<Integer, Integer> statuses = HashTreePMap.empty();

  /// Signals that came and whose traps have not run.
  PVector<Integer> arrived = TreePVector.empty();

  /// The name of the script, for messages; empty if commands do not come from a file.
  String scriptName = "";

  boolean started;
  boolean exiting;

  /// Set while the commands of a command substitution or subshell run.
  boolean subshell;

  /// Bytes in variables, and in outputs being read.
  long held;

  private ImmutableMap<String, String> initial = ImmutableMap.of();
  private boolean login;

  private static final Frame NEW_PROCESS = new Frame.Plumb(-1, -1, ImmutableList.of());

  private Shell() {}

  /// `sh -c text name arguments...`
  public static Shell command(
      String text, List<String> nameAndArguments, ImmutableMap<String, String> env, String flags) {
    Shell shell = new Shell();
    shell.initial = env;
    shell.options = flags;
    if (!nameAndArguments.isEmpty()) {
      shell.arg0 = nameAndArguments.get(0);
      shell.positional = TreePVector.from(nameAndArguments.subList(1, nameAndArguments.size()));
    }
    shell.push(new Frame.Script(text, 0, 1, false));
    return shell;
  }

  /// `sh path arguments...`, with the file's text.
  public static Shell script(
      String text,
      String path,
      List<String> arguments,
      ImmutableMap<String, String> env,
      String flags) {
    Shell shell = new Shell();
    shell.initial = env;
    shell.options = flags;
    shell.arg0 = path;
    shell.scriptName = path;
    shell.positional = TreePVector.from(arguments);
    shell.push(new Frame.Script(text, 0, 1, false));
    return shell;
  }

  /// A shell that reads commands from its standard input.
  public static Shell standardInput(
      List<String> arguments, ImmutableMap<String, String> env, String flags) {
    Shell shell = new Shell();
    shell.initial = env;
    shell.options = flags;
    shell.positional = TreePVector.from(arguments);
    shell.login = true;
    shell.push(new Frame.Input("", 1, false));
    return shell;
  }

  @Override
  public long heldBytes() {
    return held;
  }

  @Override
  public Next step(Sys sys) {
    return copy().run(sys);
  }

  private Shell copy() {
    try {
      return (Shell) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  // ---- state

  boolean has(char option) {
    return options.indexOf(option) >= 0;
  }

  void setOption(char option, boolean on) {
    String without = options.replace(Character.toString(option), "");
    options = on ? without + option : without;
  }

  boolean isInteractive() {
    return has('i');
  }

  String optionLetters() {
    return options;
  }

  @Nullable String value(String name) {
    Variable variable = variables.get(name);
    return variable == null || !variable.set() ? null : variable.value();
  }

  String ifs() {
    String ifs = value("IFS");
    return ifs == null ? " \t\n" : ifs;
  }

  void assign(String name, String value) throws ShellFailure {
    Variable old = variables.get(name);
    if (old != null && old.readOnly()) {
      throw new ShellFailure(name + ": is read only", 2);
    }
    set(name, old == null ? Variable.of(value) : old.withValue(value));
  }

  void assignQuietly(String name, String value) {
    Variable old = variables.get(name);
    if (old == null || !old.readOnly()) {
      set(name, old == null ? Variable.of(value) : old.withValue(value));
    }
  }

  void set(String name, @Nullable Variable variable) {
    Variable old = variables.get(name);
    held += size(variable) - size(old);
    variables = variable == null ? variables.minus(name) : variables.plus(name, variable);
  }

  private static long size(@Nullable Variable variable) {
    return variable == null ? 0 : 64 + variable.value().length();
  }

  ImmutableMap<String, String> environment() {
    var env = ImmutableMap.<String, String>builder();
    variables.forEach(
        (name, variable) -> {
          if (variable.exported() && variable.set()) {
            env.put(name, variable.value());
          }
        });
    return env.buildKeepingLast();
  }

  void push(Frame frame) {
    stack = stack.plus(frame);
  }

  Frame pop() {
    Frame top = stack.get(0);
    stack = stack.minus(0);
    return top;
  }

  // ---- messages

  /// A message as ash words it.
  ///
  /// @param builtin the command that says it; empty for the shell itself
  void complain(Io io, String builtin, String text) {
    String command = builtin.isEmpty() ? scriptName : builtin;
    String name = command.isEmpty() || command.equals(arg0) ? "" : command + ": ";
    boolean numbered = !command.isEmpty() && !isInteractive();
    io.err(arg0 + ": " + name + (numbered ? "line " + line + ": " : "") + text);
  }

  // ---- steps

  private Next run(Sys sys) {
    var io = new Io(sys);
    if (!started) {
      start(sys);
    }
    while (!sys.pendingSignals().isEmpty()) {
      arrived = arrived.plus(sys.takeSignal());
    }
    try {
      Next next = runTrap() ? go() : stack.isEmpty() ? finish() : step(sys, io);
      io.flush();
      return next;
    } catch (ShellFailure e) {
      return fail(sys, io, e);
    } catch (Expander.OutOfMemory _) {
      sys.outOfMemory();
      return new Next.Exit(137);
    } catch (OsException e) {
      return fail(sys, io, new ShellFailure(e.text(), 2));
    }
  }

  private Next go() {
    return new Next.Go(this);
  }

  private void start(Sys sys) {
    started = true;
    shellPid = sys.pid();
    initial.forEach(
        (name, value) -> {
          if (Parser.isName(name)) {
            set(name, new Variable(value, true, true, false));
          }
        });
    initial = ImmutableMap.of();
    set("PWD", new Variable(sys.directory(), true, value("PWD") != null, false));
    setDefault("PS1", sys.uid() == 0 ? "\\w # " : "\\w $ ");
    setDefault("PS2", "> ");
    setDefault("PS4", "+ ");
    setDefault("OPTIND", "1");
    setDefault("PATH", "/sbin:/usr/sbin:/bin:/usr/bin");
    if (login && sys.isTerminal(0) && !isInteractive()) {
      setOption('i', true);
    }
    if (isInteractive()) {
      sys.catchSignal(Signals.INT);
      sys.ignoreSignal(Signals.TERM);
      sys.ignoreSignal(Signals.QUIT);
    }
  }

  private void setDefault(String name, String value) {
    if (value(name) == null) {
      set(name, Variable.of(value));
    }
  }

  /// Runs the trap of a signal that has come, if this is a moment between commands.
  private boolean runTrap() {
    if (arrived.isEmpty() || (!stack.isEmpty() && isBusy(stack.get(0)))) {
      return false;
    }
    int signal = arrived.get(0);
    arrived = arrived.minus(0);
    if (!stack.isEmpty() && stack.get(0) instanceof Frame.WaitFor) {
      Frame _ = pop();
      status = 128 + signal;
    }
    String action = traps.get(signal);
    if (action != null && !action.isEmpty()) {
      push(new Frame.TrapDone(status));
      push(new Frame.Script(action, 0, line, false));
    } else if (signal == Signals.INT && isInteractive()) {
      status = 128 + signal;
      toPrompt();
    }
    return true;
  }

  private static boolean isBusy(Frame frame) {
    return frame instanceof Frame.Await
        || frame instanceof Frame.Capture
        || frame instanceof Frame.Expand
        || frame instanceof Frame.Plumb;
  }

  /// Drops what an interactive shell was doing.
  private void toPrompt() {
    for (Frame frame : stack) {
      if (frame instanceof Frame.Input(_, int at, _)) {
        stack = ConsPStack.singleton(new Frame.Input("", at, false));
        return;
      }
    }
  }

  private Next finish() {
    String action = traps.get(0);
    if (action != null && !action.isEmpty()) {
      traps = traps.minus(0);
      push(new Frame.TrapDone(status));
      push(new Frame.Script(action, 0, line, false));
      return go();
    }
    return new Next.Exit(status);
  }

  private Next fail(Sys sys, Io io, ShellFailure failure) {
    if (!failure.text().isEmpty()) {
      complain(io, "", failure.text());
    }
    status = failure.status();
    if (isInteractive()) {
      unwindAll(sys);
      toPrompt();
    } else {
      exit(sys, status);
    }
    io.flush();
    return go();
  }

  /// Leaves everything; the EXIT trap is still to run.
  void exit(Sys sys, int code) {
    status = code & 0xff;
    unwindAll(sys);
    stack = ConsPStack.empty();
  }

  private void unwindAll(Sys sys) {
    while (!stack.isEmpty() && !(stack.get(0) instanceof Frame.Input)) {
      undo(sys, pop());
    }
  }

  /// What has to be put back when a frame is left early.
  void undo(Sys sys, Frame frame) {
    switch (frame) {
      case Frame.Restore(var saved) -> Redirects.restore(sys, saved);
      case Frame.Call(var outer, var shadowed) -> {
        positional = outer;
        shadowed.forEach((name, old) -> set(name, old.variable()));
      }
      case Frame.Unassign(var shadowed) ->
          shadowed.forEach((name, old) -> set(name, old.variable()));
      case Frame.Capture(_, int fd, String text, _) -> {
        held -= text.length();
        sys.close(fd);
      }
      case Frame.Run _,
          Frame.Items _,
          Frame.Right _,
          Frame.Negate _,
          Frame.Choose _,
          Frame.Again _,
          Frame.Each _,
          Frame.Expand _,
          Frame.Await _,
          Frame.Script _,
          Frame.Input _,
          Frame.Read _,
          Frame.WaitFor _,
          Frame.TrapDone _,
          Frame.Plumb _ -> {}
    }
  }

  private Next step(Sys sys, Io io) throws ShellFailure {
    Frame top = pop();
    switch (top) {
      case Frame.Run(Node node, boolean tested) -> {
        return begin(sys, io, node, tested);
      }
      case Frame.Items items -> nextItem(sys, items);
      case Frame.Right(boolean and, Node node, boolean tested) -> {
        if ((status == 0) == and) {
          push(new Frame.Run(node, tested));
        }
      }
      case Frame.Negate _ -> status = status == 0 ? 1 : 0;
      case Frame.Choose choose -> choose(choose);
      case Frame.Again again -> again(again);
      case Frame.Each each -> each(each);
      case Frame.Expand expand -> {
        return expand(sys, io, expand);
      }
      case Frame.Capture capture -> {
        return capture(sys, capture);
      }
      case Frame.Await await -> {
        return await(sys, io, await);
      }
      case Frame.Restore _, Frame.Call _, Frame.Unassign _ -> undo(sys, top);
      case Frame.Script script -> readScript(script);
      case Frame.Input input -> {
        return new InputReader(this, sys, io).read(input);
      }
      case Frame.Read read -> {
        return new ReadBuiltin(this, sys).step(read);
      }
      case Frame.WaitFor wait -> {
        return waitFor(sys, wait);
      }
      case Frame.TrapDone(int before) -> status = before;
      case Frame.Plumb plumb -> plumb(sys, plumb);
    }
    return go();
  }

  private void readScript(Frame.Script script) throws ShellFailure {
    var parser = new Parser(script.text(), script.position(), script.line());
    Node node;
    try {
      node = parser.next();
    } catch (SyntaxException e) {
      line = parser.line();
      throw new ShellFailure("syntax error: " + e.getMessage(), 2);
    }
    if (node == null) {
      return;
    }
    boolean more = !script.text().substring(parser.position()).isBlank();
    if (more || script.file()) {
      push(new Frame.Script(script.text(), parser.position(), parser.line(), script.file()));
    }
    push(new Frame.Run(node, false));
  }

  private void nextItem(Sys sys, Frame.Items items) throws ShellFailure {
    if (items.next() >= items.items().size()) {
      return;
    }
    Item item = items.items().get(items.next());
    if (items.next() + 1 < items.items().size()) {
      push(new Frame.Items(items.items(), items.next() + 1, items.tested()));
    }
    if (item.background()) {
      background(sys, item.command());
    } else {
      push(new Frame.Run(item.command(), items.tested()));
    }
  }

  private void choose(Frame.Choose choose) {
    Node.If node = choose.node();
    if (status == 0) {
      push(new Frame.Run(node.clauses().get(choose.clause()).body(), choose.tested()));
    } else if (choose.clause() + 1 < node.clauses().size()) {
      push(new Frame.Choose(node, choose.clause() + 1, choose.tested()));
      push(new Frame.Run(node.clauses().get(choose.clause() + 1).condition(), true));
    } else {
      status = 0;
      if (node.otherwise() != null) {
        push(new Frame.Run(node.otherwise(), choose.tested()));
      }
    }
  }

  private void again(Frame.Again again) {
    Node.Loop loop = again.node();
    if (!again.evaluated()) {
      push(new Frame.Again(loop, true, status, again.tested()));
      push(new Frame.Run(loop.condition(), true));
    } else if ((status == 0) != loop.until()) {
      push(new Frame.Again(loop, false, 0, again.tested()));
      push(new Frame.Run(loop.body(), again.tested()));
    } else {
      status = again.status();
    }
  }

  private void each(Frame.Each each) throws ShellFailure {
    if (each.next() < each.values().size()) {
      assign(each.node().variable(), each.values().get(each.next()));
      push(new Frame.Each(each.node(), each.values(), each.next() + 1, each.tested()));
      push(new Frame.Run(each.node().body(), each.tested()));
    }
  }

  private Next begin(Sys sys, Io io, Node node, boolean tested) throws ShellFailure {
    switch (node) {
      case Node.Simple simple -> {
        line = simple.line();
        return expand(sys, io, new Frame.Expand(node, ImmutableList.of(), tested));
      }
      case Node.Redirected redirected -> {
        line = redirected.line();
        return expand(sys, io, new Frame.Expand(node, ImmutableList.of(), tested));
      }
      case Node.For loop -> {
        line = loop.line();
        return expand(sys, io, new Frame.Expand(node, ImmutableList.of(), tested));
      }
      case Node.Case choice -> {
        line = choice.line();
        return expand(sys, io, new Frame.Expand(node, ImmutableList.of(), tested));
      }
      case Node.Sequence(var items) -> {
        status = items.isEmpty() ? 0 : status;
        push(new Frame.Items(items, 0, tested));
      }
      case Node.AndOr(Node left, boolean and, Node right) -> {
        push(new Frame.Right(and, right, tested));
        push(new Frame.Run(left, true));
      }
      case Node.Not(Node command) -> {
        push(new Frame.Negate());
        push(new Frame.Run(command, true));
      }
      case Node.If choice -> {
        push(new Frame.Choose(choice, 0, tested));
        push(new Frame.Run(choice.clauses().get(0).condition(), true));
      }
      case Node.Loop loop -> {
        status = 0;
        push(new Frame.Again(loop, false, 0, tested));
      }
      case Node.Group(Node body) -> push(new Frame.Run(body, tested));
      case Node.Function(String name, Node body) -> {
        functions = functions.plus(name, body);
        status = 0;
      }
      case Node.Subshell(Node body) -> {
        Sys.Child child = fork(sys, List.of(NEW_PROCESS, new Frame.Run(body, false)));
        push(new Frame.Await(ImmutableList.of(child.handle()), ImmutableList.of(), tested));
      }
      case Node.Pipeline pipeline -> pipeline(sys, pipeline, tested);
    }
    return go();
  }

  // ---- processes

  /// Starts a copy of the shell with frames of its own, the first on top.
  private Sys.Child fork(Sys sys, List<Frame> frames) throws ShellFailure {
    Shell child = copy();
    child.stack = ConsPStack.from(frames);
    child.background = TreePVector.empty();
    child.statuses = HashTreePMap.empty();
    child.subshell = true;
    child.setOption('i', false);
    for (Map.Entry<Integer, String> trap : traps.entrySet()) {
      if (!trap.getValue().isEmpty() || trap.getKey() == 0) {
        child.traps = child.traps.minus(trap.getKey());
      }
    }
    try {
      return sys.fork(child);
    } catch (OsException e) {
      throw new ShellFailure("can't fork: " + e.text(), 2);
    }
  }

  private void plumb(Sys sys, Frame.Plumb plumb) {
    for (int signal = 1; signal < 32; signal++) {
      if (!traps.containsKey(signal)) {
        sys.defaultSignal(signal);
      }
    }
    if (plumb.input() >= 0) {
      sys.dup2(plumb.input(), 0);
    }
    if (plumb.output() >= 0) {
      sys.dup2(plumb.output(), 1);
    }
    plumb.close().forEach(sys::close);
  }

  private void pipeline(Sys sys, Node.Pipeline pipeline, boolean tested) throws ShellFailure {
    var handles = ImmutableList.<Integer>builder();
    int count = pipeline.commands().size();
    int input = -1;
    for (int i = 0; i < count; i++) {
      int[] pipe = i + 1 < count ? sys.pipe() : new int[] {-1, -1};
      List<Integer> close = new ArrayList<>();
      for (int fd : new int[] {input, pipe[0], pipe[1]}) {
        if (fd >= 0) {
          close.add(fd);
        }
      }
      var plumb = new Frame.Plumb(input, pipe[1], ImmutableList.copyOf(close));
      Node command = pipeline.commands().get(i);
      handles.add(fork(sys, List.of(plumb, new Frame.Run(command, false))).handle());
      if (input >= 0) {
        sys.close(input);
      }
      if (pipe[1] >= 0) {
        sys.close(pipe[1]);
      }
      input = pipe[0];
    }
    push(new Frame.Await(handles.build(), ImmutableList.of(), tested));
  }

  private void background(Sys sys, Node command) throws ShellFailure {
    int nothing = isInteractive() ? -1 : sys.open("/dev/null", Sys.Open.READ);
    var plumb =
        new Frame.Plumb(nothing, -1, nothing < 0 ? ImmutableList.of() : ImmutableList.of(nothing));
    Sys.Child child = fork(sys, List.of(plumb, new Frame.Run(command, false)));
    if (nothing >= 0) {
      sys.close(nothing);
    }
    background = background.plus(child);
    lastBackground = child.pid();
    status = 0;
  }

  /// Takes all children that have ended.
  private void reap(Sys sys) {
    for (Sys.Child child : background) {
      if (statuses.containsKey(child.handle())) {
        continue;
      }
      try {
        Sys.Ended ended = sys.waitFor(child.handle());
        if (ended != null) {
          statuses = statuses.plus(child.handle(), ended.status());
        }
      } catch (OsException _) {
        statuses = statuses.plus(child.handle(), 127);
      }
    }
  }

  private Next await(Sys sys, Io io, Frame.Await await) {
    ImmutableList<Integer> handles = await.handles();
    var done = ImmutableList.<Integer>builder().addAll(await.statuses());
    int from = await.statuses().size();
    while (from < handles.size()) {
      Sys.Ended ended;
      try {
        ended = sys.waitFor(handles.get(from));
      } catch (OsException _) {
        ended = new Sys.Ended(0, 0, 127, 0);
      }
      if (ended == null) {
        push(new Frame.Await(handles, done.build(), await.tested()));
        return new Next.Block(this, Wait.forChild());
      }
      done.add(ended.status());
      from++;
      if (from == handles.size() && ended.signal() != 0 && !subshell) {
        String text = Signals.description(ended.signal());
        if (!text.isEmpty()) {
          io.err(text);
        }
      }
    }
    ImmutableList<Integer> all = done.build();
    status = all.get(all.size() - 1);
    if (has('P')) {
      status = all.reverse().stream().filter(s -> s != 0).findFirst().orElse(0);
    }
    checkErrexit(sys, await.tested());
    return go();
  }

  void checkErrexit(Sys sys, boolean tested) {
    if (status != 0 && !tested && has('e')) {
      exit(sys, status);
    }
  }

  private Next waitFor(Sys sys, Frame.WaitFor wait) {
    reap(sys);
    List<Integer> wanted =
        wait.handles().isEmpty()
            ? background.stream().map(Sys.Child::handle).toList()
            : wait.handles();
    for (int handle : wanted) {
      if (!statuses.containsKey(handle)) {
        push(wait);
        return new Next.Block(this, Wait.forChild());
      }
    }
    status = 0;
    if (!wait.handles().isEmpty()) {
      Integer last = statuses.get(wait.handles().get(wait.handles().size() - 1));
      status = last == null ? 127 : last;
    } else {
      background = TreePVector.empty();
      statuses = HashTreePMap.empty();
    }
    return go();
  }

  private Next capture(Sys sys, Frame.Capture capture) {
    String text = capture.text();
    if (!capture.ended()) {
      String piece = sys.read(capture.descriptor(), 1 << 16);
      if (piece == null) {
        push(capture);
        return new Next.Block(this, Wait.readable(capture.descriptor()));
      }
      held += piece.length();
      if (!piece.isEmpty()) {
        push(new Frame.Capture(capture.handle(), capture.descriptor(), text + piece, false));
        sys.charge(text.length() / 65_536);
        return go();
      }
      sys.close(capture.descriptor());
    }
    Sys.Ended ended = sys.waitFor(capture.handle());
    if (ended == null) {
      push(new Frame.Capture(capture.handle(), capture.descriptor(), text, true));
      return new Next.Block(this, Wait.forChild());
    }
    held -= text.length();
    status = ended.status();
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\n') {
      end--;
    }
    String output = text.substring(0, end).replace("\0", "");
    if (pop() instanceof Frame.Expand(Node node, var results, boolean tested)) {
      var all = ImmutableList.<String>builder().addAll(results).add(output).build();
      push(new Frame.Expand(node, all, tested));
    }
    return go();
  }

  // ---- expansion

  private Next expand(Sys sys, Io io, Frame.Expand frame) throws ShellFailure {
    PMap<String, Variable> before = variables;
    long heldBefore = held;
    var expander = new Expander(this, sys, frame.results());
    sys.charge(frame.results().size());
    try {
      return expanded(sys, io, frame, expander);
    } catch (NeedsCommand needed) {
      variables = before;
      held = heldBefore;
      push(frame);
      int[] pipe = sys.pipe();
      var plumb = new Frame.Plumb(-1, pipe[1], ImmutableList.of(pipe[0], pipe[1]));
      Sys.Child child = fork(sys, List.of(plumb, new Frame.Run(needed.body(), false)));
      sys.close(pipe[1]);
      push(new Frame.Capture(child.handle(), pipe[0], "", false));
      return go();
    }
  }

  private Next expanded(Sys sys, Io io, Frame.Expand frame, Expander expander)
      throws NeedsCommand, ShellFailure {
    switch (frame.node()) {
      case Node.Simple simple -> {
        return simple(sys, io, simple, frame, expander);
      }
      case Node.For loop -> {
        ImmutableList<String> values =
            loop.words() == null ? ImmutableList.copyOf(positional) : expander.fields(loop.words());
        status = 0;
        push(new Frame.Each(loop, values, 0, frame.tested()));
      }
      case Node.Case choice -> {
        String subject = expander.single(choice.subject());
        Node body = null;
        for (Node.Branch branch : choice.branches()) {
          for (Word pattern : branch.patterns()) {
            if (body == null && Glob.matches(expander.pattern(pattern), subject)) {
              body = branch.body();
            }
          }
        }
        status = 0;
        if (body != null) {
          push(new Frame.Run(body, frame.tested()));
        }
      }
      case Node.Redirected redirected -> {
        var targets = targets(expander, redirected.redirects());
        try {
          var saved = Redirects.apply(sys, targets, true, has('C'));
          push(new Frame.Restore(saved));
          push(new Frame.Run(redirected.command(), frame.tested()));
        } catch (ShellFailure e) {
          complain(io, "", e.text());
          status = e.status();
          checkErrexit(sys, frame.tested());
        }
      }
      case Node.Pipeline _,
          Node.Not _,
          Node.AndOr _,
          Node.Sequence _,
          Node.If _,
          Node.Loop _,
          Node.Group _,
          Node.Subshell _,
          Node.Function _ ->
          throw new IllegalStateException("nothing to expand");
    }
    return go();
  }

  private static ImmutableList<Redirects.Target> targets(
      Expander expander, List<Node.Redirect> redirects) throws NeedsCommand, ShellFailure {
    var targets = ImmutableList.<Redirects.Target>builder();
    for (Node.Redirect redirect : redirects) {
      targets.add(
          new Redirects.Target(
              redirect.descriptor(), redirect.operator(), expander.single(redirect.target())));
    }
    return targets.build();
  }

  private Next simple(Sys sys, Io io, Node.Simple simple, Frame.Expand frame, Expander expander)
      throws NeedsCommand, ShellFailure {
    ImmutableList<String> argv = expander.fields(simple.words());
    Map<String, String> assignments = new HashMap<>();
    List<String> order = new ArrayList<>();
    var targets = targets(expander, simple.redirects());
    PMap<String, Variable> before = variables;
    long heldBefore = held;
    for (Assignment assignment : simple.assignments()) {
      String value = expander.single(assignment.value());
      assignments.put(assignment.name(), value);
      order.add(assignment.name());
      assign(assignment.name(), value);
    }
    if (has('x')) {
      trace(io, assignments, order, argv);
    }
    if (argv.isEmpty()) {
      if (expander.commands() == 0) {
        status = 0;
      }
      try {
        Redirects.restore(sys, Redirects.apply(sys, targets, true, has('C')));
      } catch (ShellFailure e) {
        complain(io, "", e.text());
        status = e.status();
      }
      checkErrexit(sys, frame.tested());
      return go();
    }
    var calls = new Commands(this, sys, io);
    boolean keeps = calls.isSpecial(argv.get(0)) && !functions.containsKey(argv.get(0));
    ImmutableMap.Builder<String, Shadowed> shadowed = ImmutableMap.builder();
    if (!keeps) {
      for (String name : order) {
        shadowed.put(name, new Shadowed(before.get(name)));
        Variable current = variables.get(name);
        if (current != null) {
          set(name, current.export(true));
        }
      }
    }
    ImmutableMap<String, Shadowed> undo = shadowed.buildKeepingLast();
    Node function = functions.get(argv.get(0));
    if (function != null) {
      return calls.function(function, argv, targets, undo, frame.tested());
    }
    if (calls.isBuiltin(argv.get(0))) {
      return calls.builtin(argv, targets, undo, frame.tested());
    }
    ImmutableMap<String, String> env = environment();
    variables = before;
    held = heldBefore;
    return external(sys, argv, env, targets, frame.tested());
  }

  private Next external(
      Sys sys,
      ImmutableList<String> argv,
      ImmutableMap<String, String> env,
      ImmutableList<Redirects.Target> targets,
      boolean tested)
      throws ShellFailure {
    var program = new Exec(argv, env, targets, messagePrefix(), isInteractive());
    if (stack.isEmpty() && traps.isEmpty() && !isInteractive() && background.isEmpty()) {
      return new Next.Go(program);
    }
    try {
      Sys.Child child = sys.fork(program);
      push(new Frame.Await(ImmutableList.of(child.handle()), ImmutableList.of(), tested));
      return go();
    } catch (OsException e) {
      throw new ShellFailure("can't fork: " + e.text(), 2);
    }
  }

  String messagePrefix() {
    return scriptName.isEmpty() ? arg0 + ": " : arg0 + ": line " + line + ": ";
  }

  private void trace(
      Io io, Map<String, String> assignments, List<String> order, List<String> argv) {
    var words = new ArrayList<String>();
    order.forEach(name -> words.add(name + "=" + assignments.get(name)));
    argv.forEach(
        word ->
            words.add(
                word.isEmpty() || word.matches(".*[\\s'\"$*?<>|;&(){}].*")
                    ? "'" + word.replace("'", "'\\''") + "'"
                    : word));
    String prefix = value("PS4");
    io.err((prefix == null ? "+ " : prefix) + String.join(" ", words));
  }

  /// Children in the background that have not ended, for `jobs`.
  List<Sys.Child> running(Sys sys) {
    reap(sys);
    return background.stream().filter(c -> !statuses.containsKey(c.handle())).toList();
  }
}
