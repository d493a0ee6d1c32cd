package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Sys;
import java.util.ArrayList;
import java.util.List;

/// The beginning of `sed`: reads its script.
record SedStart(ImmutableList<String> argv) implements Program {
  @Override
  public Next step(Sys sys) {
    var io = new Io(sys);
    Options options =
        Options.parse(argv, "nrEize:f:s{quiet}{expression:}{in-place}{regexp-extended}");
    if (!options.error().isEmpty()) {
      return new Next.Exit(options.complain(io));
    }
    List<String> scripts = new ArrayList<>(options.values().get("e"));
    scripts.addAll(options.values().get("expression"));
    ImmutableList<String> operands = options.operands();
    try {
      for (String file : options.values().get("f")) {
        scripts.add(sys.readFile(file));
      }
      if (scripts.isEmpty()) {
        if (operands.isEmpty()) {
          io.err("Usage: sed [-i] [-nrEs] [-e CMD]... [-f FILE]... [FILE]...");
          return new Next.Exit(1);
        }
        scripts.add(operands.get(0));
        operands = operands.subList(1, operands.size());
      }
      boolean extended = options.has("r") || options.has("E") || options.has("regexp-extended");
      boolean quiet = options.has("n") || options.has("quiet");
      boolean inPlace = options.has("i") || options.has("in-place");
      var commands = SedScript.parse(String.join("\n", scripts), extended);
      var reduced = new Options("sed", options.values(), operands, "");
      return new Next.Go(
          Filter.of(reduced, 0, new Sed(commands, quiet, inPlace && !operands.isEmpty())));
    } catch (UsageException e) {
      io.err("sed: " + e.getMessage());
    } catch (OsException e) {
      io.err("sed: " + options.value("f", "") + ": " + e.text());
    }
    return new Next.Exit(1);
  }
}
