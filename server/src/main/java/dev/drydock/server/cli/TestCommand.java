package dev.drydock.server.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `drydock test`: every test of the project, by Maven with this JDK. The launcher does the same
/// without building first.
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = "Run all tests of the project (./mvnw verify).")
final class TestCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ARGUMENT", arity = "0..*", description = "More arguments for Maven.")
  private List<String> arguments = new ArrayList<>();

  private final Home home;

  TestCommand(Home home) {
    this.home = home;
  }

  @Override
  public Integer call() throws Exception {
    Path mvnw = home.folder().resolve("mvnw");
    List<String> command = new ArrayList<>(List.of(mvnw.toString(), "verify"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(home.folder().toFile()).inheritIO();
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.start().waitFor() == 0 ? ExitCode.DONE : ExitCode.NOT_PASSED;
  }
}
