package dev.drydock.server.cli;

import dev.drydock.server.ServeOptions;
import dev.drydock.server.ServeOptions.ClusterProvider;
import dev.drydock.server.WorkbookServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/// Does once what learners do, so that the JVM can record what a start needs. The launcher runs it
/// after a build.
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(WarmUpCommand.class);
  private static final List<String> PAGES = List.of("", "exercises/pods/first-pod");

  private final Home home;

  WarmUpCommand(Home home) {
    this.home = home;
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Path solution = home.folder().resolve("exercises/pods/first-pod/solutions/plain-manifest");
    for (String format : List.of("text", "json")) {
      Drydock.run(
          new String[] {"grade", "pods/first-pod", solution.toString(), "--format", format},
          home,
          nowhere,
          nowhere);
    }
    Path data = Files.createTempDirectory("drydock-warm-up");
    try {
      serve(data);
    } catch (Exception e) {
      log.info("Not everything could be warmed up", e);
    } finally {
      delete(data);
    }
    return ExitCode.DONE;
  }

  private static void serve(Path data) throws Exception {
    ServeOptions options =
        new ServeOptions("127.0.0.1", 0, ClusterProvider.EMBEDDED, null, data, false, null, null);
    try (WorkbookServer server = WorkbookServer.start(options);
        HttpClient client = HttpClient.newHttpClient()) {
      for (String page : PAGES) {
        URI address = server.address().resolve(page);
        client.send(
            HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding());
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
