package dev.drydock.server.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `drydock cluster`: clusters without the workbook.
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    description = "Serve a cluster to kubectl.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = ClusterStartCommand.class)
final class ClusterCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "Say what to do: start");
  }
}
