package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.applets.AwkRun.Leave;
import dev.drydock.cluster.os.applets.AwkRun.Rule;
import java.util.List;

/// `awk`: its rules over lines. Models busybox editors/awk.c for common programs; records are
/// lines.
final class Awk extends Filter.Logic {
  private final List<Rule> rules;
  private AwkMemory memory;
  private long number;
  private long numberInFile;
  private String file = "";
  private boolean begun;
  private boolean done;
  private int exitCode;

  private Awk(List<Rule> rules, AwkMemory memory) {
    this.rules = rules;
    this.memory = memory;
  }

  /// The beginning: reads the program and runs what needs no input.
  record Start(ImmutableList<String> argv) implements Program {
    @Override
    public Next step(Sys sys) {
      var io = new Io(sys);
      Options options = Options.parse(argv, "+F:v:f:");
      if (!options.error().isEmpty()) {
        return new Next.Exit(options.complain(io));
      }
      ImmutableList<String> operands = options.operands();
      try {
        var source = new StringBuilder();
        for (String name : options.values().get("f")) {
          source.append(sys.readFile(name)).append('\n');
        }
        if (!options.has("f")) {
          if (operands.isEmpty()) {
            io.err("Usage: awk [OPTIONS] [AWK_PROGRAM] [FILE]...");
            return new Next.Exit(1);
          }
          source.append(operands.get(0));
          operands = operands.subList(1, operands.size());
        }
        List<Rule> rules = AwkParser.parse(source.toString());
        Awk awk = new Awk(rules, memory(options, sys));
        Program next = awk.begin(io, new Options("awk", options.values(), operands, ""));
        io.flush();
        return new Next.Go(next);
      } catch (UsageException e) {
        io.err("awk: " + e.getMessage());
      } catch (OsException e) {
        io.err("awk: " + options.value("f", "") + ": " + e.text());
      } catch (Regex.TooExpensive _) {
        io.flush();
        return new Next.Go(new Spinning());
      }
      return new Next.Exit(1);
    }
  }

  private static AwkMemory memory(Options options, Sys sys) {
    var memory = new AwkMemory();
    if (options.has("F")) {
      String separator = options.value("F", " ");
      memory.set("FS", AwkValue.of(separator.equals("t") ? "\t" : separator.replace("\\t", "\t")));
    }
    for (String assignment : options.values().get("v")) {
      int equals = assignment.indexOf('=');
      if (equals > 0) {
        memory.set(
            assignment.substring(0, equals),
            new AwkValue.Input(
                assignment.substring(equals + 1).replace("\\n", "\n").replace("\\t", "\t")));
      }
    }
    sys.env()
        .forEach((name, value) -> memory.setElement("ENVIRON", name, new AwkValue.Input(value)));
    rulesStart(memory);
    return memory;
  }

  private static void rulesStart(AwkMemory memory) {
    memory.set("SUBSEP", AwkValue.of("\u001c"));
    memory.set("NR", AwkValue.of(0));
  }

  private Program begin(Io io, Options options) {
    for (int i = 0; i < rules.size(); i++) {
      memory.inRange = memory.inRange.plus(false);
    }
    begun = true;
    runRules(io, 'B');
    boolean reads = rules.stream().anyMatch(r -> r.kind() != 'B');
    if (done || !reads) {
      finish(io);
      io.flush();
      return new Finished(exitCode);
    }
    return Filter.of(options, 0, this);
  }

  private record Finished(int code) implements Program {
    @Override
    public Next step(Sys sys) {
      return new Next.Exit(code);
    }
  }

  private void runRules(Io io, char kind) {
    var run = new AwkRun(memory, io);
    try {
      for (int i = 0; i < rules.size() && !(done && kind != 'E'); i++) {
        Rule rule = rules.get(i);
        if (kind == 'L' ? applies(rule, i, run) : rule.kind() == kind) {
          rule.body().run(run);
        }
      }
    } catch (Leave leave) {
      if (leave.how == 'x') {
        done = true;
        exitCode = leave.value.text().isEmpty() ? exitCode : (int) leave.value.number() & 0xff;
      }
    } catch (UsageException e) {
      io.err("awk: " + e.getMessage());
      done = true;
      exitCode = 2;
    } catch (StackOverflowError _) {
      io.err("awk: too much recursion");
      done = true;
      exitCode = 2;
    }
    io.sys().charge(memory.steps() / 20);
  }

  private static boolean applies(Rule rule, int index, AwkRun run) throws UsageException {
    if (rule.kind() == 'P') {
      return rule.first() == null || rule.first().value(run).truth();
    }
    if (rule.kind() != 'R' || rule.first() == null || rule.second() == null) {
      return false;
    }
    AwkMemory memory = run.memory;
    boolean inside = memory.inRange.get(index) || rule.first().value(run).truth();
    if (inside) {
      memory.inRange = memory.inRange.with(index, !rule.second().value(run).truth());
    }
    return inside;
  }

  @Override
  void line(Io io, String name, String line, boolean newline) {
    memory = memory.copy();
    numberInFile = name.equals(file) ? numberInFile + 1 : 1;
    file = name;
    memory.set("NR", AwkValue.of(++number));
    memory.set("FNR", AwkValue.of(numberInFile));
    memory.set("FILENAME", AwkValue.of(name.equals("-") ? "" : name));
    try {
      memory.setRecord(line);
    } catch (UsageException e) {
      io.err("awk: " + e.getMessage());
      done = true;
      exitCode = 2;
      return;
    }
    runRules(io, 'L');
  }

  @Override
  void end(Io io) {
    memory = memory.copy();
    finish(io);
  }

  private void finish(Io io) {
    if (begun && exitCode != 2) {
      runRules(io, 'E');
    }
  }

  @Override
  boolean isDone() {
    return done;
  }

  @Override
  int status(boolean failed) {
    return exitCode != 0 ? exitCode : failed ? 1 : 0;
  }

  @Override
  long heldBytes() {
    return memory.bytes;
  }

  @Override
  String complaint(String name, String path, String error) {
    return "awk: " + path + ": " + error;
  }
}
