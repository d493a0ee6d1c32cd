package dev.drydock.server.cli;

import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.grader.report.Format;
import dev.drydock.server.ServeOptions.ClusterProvider;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The command `drydock`. Everything it does is a subcommand.
@Command(
    name = "drydock",
    description = "A hands-on Kubernetes workbook.",
    mixinStandardHelpOptions = true,
    version = "drydock 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ServeCommand.class,
      ClusterCommand.class,
      GradeCommand.class,
      ExerciseCommand.class,
      DoctorCommand.class,
      TestCommand.class,
      WarmUpCommand.class
    })
public final class Drydock implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exitCode = run(arguments, Home.fromSystem(), out, err);
    out.flush();
    err.flush();
    System.exit(exitCode);
  }

  /// Runs one command; for main and for tests.
  static int run(String[] arguments, Home home, PrintWriter out, PrintWriter err) {
    return new CommandLine(new Drydock(), new Commands(home))
        .setOut(out)
        .setErr(err)
        .registerConverter(Format.class, new EnumWords<>(Format.class))
        .registerConverter(ClusterProvider.class, new EnumWords<>(ClusterProvider.class))
        .registerConverter(ClockKind.class, new EnumWords<>(ClockKind.class))
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Problems::usage)
        .setExecutionExceptionHandler(new Problems(home))
        .execute(arguments);
  }

  /// Without a subcommand: what there is.
  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }

  /// Makes the command classes, which take the home by their constructor.
  private record Commands(Home home) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      for (var constructor : type.getDeclaredConstructors()) {
        if (constructor.getParameterCount() == 1
            && constructor.getParameterTypes()[0] == Home.class) {
          return type.cast(constructor.newInstance(home));
        }
      }
      return CommandLine.defaultFactory().create(type);
    }
  }

  /// Where a path on the command line leads from.
  static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
