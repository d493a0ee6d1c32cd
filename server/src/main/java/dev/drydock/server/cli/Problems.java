package dev.drydock.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says what went wrong: a sentence and the next step, never a stack trace.
record Problems(Home home) implements CommandLine.IExecutionExceptionHandler {

  /// A command line that cannot be understood.
  static int usage(ParameterException problem, String[] arguments) {
    CommandLine command = problem.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("drydock: " + sentence(problem));
    err.println(
        "Run `./%s --help` for the options.".formatted(command.getCommandSpec().qualifiedName()));
    return ExitCode.USER_PROBLEM;
  }

  private static String sentence(ParameterException problem) {
    String message = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    if (problem instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        return "%s. Did you mean '%s'?".formatted(message, suggestions.getFirst());
      }
    }
    return message.endsWith(".") ? message : message + ".";
  }

  @Override
  public int handleExecutionException(
      Exception problem, CommandLine command, ParseResult parseResult) {
    PrintWriter err = command.getErr();
    if (problem instanceof UserProblem mistake) {
      say(err, mistake);
      return ExitCode.USER_PROBLEM;
    }
    err.println("drydock: Something of ours broke: " + firstLine(problem) + ".");
    err.println(logged(problem));
    return ExitCode.BROKEN;
  }

  static void say(PrintWriter err, UserProblem problem) {
    err.println("drydock: " + problem.getMessage());
    if (!problem.next().isEmpty()) {
      err.println(problem.next());
    }
  }

  private static String firstLine(Exception problem) {
    String message = problem.getMessage();
    String text =
        message == null || message.isBlank() ? problem.getClass().getSimpleName() : message;
    return text.lines().findFirst().orElse("");
  }

  private String logged(Exception problem) {
    StringWriter trace = new StringWriter();
    problem.printStackTrace(new PrintWriter(trace));
    Path log = home.log();
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      Files.writeString(
          log, trace.toString(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return "The details are in %s; please report them.".formatted(log);
    } catch (IOException e) {
      return "The details could not be written to %s.".formatted(log);
    }
  }
}
