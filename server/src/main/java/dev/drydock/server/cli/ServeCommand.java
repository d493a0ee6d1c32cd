package dev.drydock.server.cli;

import dev.drydock.server.ServeOptions;
import dev.drydock.server.StartException;
import dev.drydock.server.WorkbookServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `drydock serve`: the workbook in a browser, until Ctrl-C.
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serve the workbook and open it in the browser.")
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      defaultValue = "7070",
      paramLabel = "PORT",
      description = "The port (default: ${DEFAULT-VALUE}; 0 for a free one).")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      paramLabel = "HOST",
      description = "The address to listen on (default: ${DEFAULT-VALUE}, this machine alone).")
  private String host = "127.0.0.1";

  @Mixin private ProviderOptions provider = new ProviderOptions();

  @Option(
      names = "--class",
      paramLabel = "CODE",
      description = "Serve a class: learners join with a name and this code.")
  private @Nullable String classCode;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where progress, files and clusters are kept (default: your data folder).")
  private @Nullable Path data;

  @Option(names = "--no-open", description = "Do not open the browser.")
  private boolean noOpen;

  @Spec private @Nullable CommandSpec spec;

  private final Home home;

  ServeCommand(Home home) {
    this.home = home;
  }

  @Override
  public Integer call() throws Exception {
    provider.requireEmbedded();
    if (port < 0 || port > 65535) {
      throw new UserProblem(
          "%d is not a port.".formatted(port), "Choose --port between 1 and 65535.");
    }
    UntilStopped untilStopped = new UntilStopped();
    try (WorkbookServer server = start()) {
      PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
      out.println("Drydock is ready at %s; Ctrl-C stops it.".formatted(server.address()));
      out.flush();
      if (!noOpen) {
        Browser.open(server.address());
      }
      untilStopped.await();
    } finally {
      untilStopped.closed();
    }
    return ExitCode.DONE;
  }

  private WorkbookServer start() throws UserProblem {
    try {
      return WorkbookServer.start(
          new ServeOptions(
              host,
              port,
              provider.provider,
              classCode,
              data == null ? home.data() : Drydock.absolute(data),
              !noOpen,
              provider.existing,
              provider.nodeImage));
    } catch (StartException e) {
      throw new UserProblem(String.valueOf(e.getMessage()), e.next());
    }
  }
}
