package dev.drydock.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;

/// A terminal in a namespace. What is expected of it is written as it looks there: a line that
/// begins with `$ ` is a command, the lines up to the next one are what it prints (errors too), and
/// a last line `[1]` is its exit code, which is 0 otherwise. `<ns>` stands for the namespace.
record KubectlSession(Bash bash, Path folder, String namespace) {
  private record Expected(String command, List<String> lines) {
    int exit() {
      String last = lines.isEmpty() ? "" : lines.getLast();
      return last.matches("\\[\\d+]") ? Integer.parseInt(last.substring(1, last.length() - 1)) : 0;
    }

    String output() {
      int end = exit() == 0 ? lines.size() : lines.size() - 1;
      return Output.normalised(String.join("\n", lines.subList(0, end)));
    }
  }

  /// Puts a file into the terminal's folder.
  KubectlSession file(String name, String text) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    return this;
  }

  /// Runs a command that must end well.
  String run(String command) throws IOException, InterruptedException {
    Bash.Result result = bash.run(command);
    assertThat(result.exit()).as("%s: %s", command, result.stderr()).isZero();
    return result.stdout();
  }

  /// Types each command of a transcript and compares what is seen with what it says.
  void shows(String transcript) throws IOException, InterruptedException {
    SoftAssertions all = new SoftAssertions();
    for (Expected step : parse(transcript.replace("<ns>", namespace))) {
      Bash.Result seen = bash.run("exec 2>&1; " + step.command());
      String output = Output.normalised(seen.stdout()).replace("<dir>/", "");
      all.assertThat(output).as(step.command()).isEqualTo(step.output());
      all.assertThat(seen.exit()).as("exit code of: %s", step.command()).isEqualTo(step.exit());
    }
    all.assertAll();
  }

  private static List<Expected> parse(String transcript) {
    List<Expected> steps = new ArrayList<>();
    for (String line : transcript.lines().toList()) {
      if (line.startsWith("$ ")) {
        steps.add(new Expected(line.substring(2), new ArrayList<>()));
      } else if (!line.isEmpty() || !steps.isEmpty()) {
        steps.getLast().lines().add(line);
      }
    }
    return steps;
  }
}
