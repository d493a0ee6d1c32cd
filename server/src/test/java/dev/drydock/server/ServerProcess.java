package dev.drydock.server;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A workbook in a process of its own, so that it can be killed.
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final URI address;
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

  private ServerProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  static ServerProcess start(Path data) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-Ddrydock.home=" + TestWorkbook.HOME.toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    if (line == null) {
      throw new AssertionError("the server did not start");
    }
    return new ServerProcess(process, URI.create(line));
  }

  /// What runs in it.
  static final class Main {
    public static void main(String[] args) throws Exception {
      WorkbookServer workbook = TestWorkbook.still(Path.of(args[0]), null);
      System.out.println(workbook.address());
      Thread.currentThread().join();
    }
  }

  int put(String file, String text) throws Exception {
    return status(
        HttpRequest.newBuilder(address.resolve("/api/files/" + file))
            .PUT(HttpRequest.BodyPublishers.ofString("{\"text\":\"" + text + "\"}")));
  }

  int post(String path) throws Exception {
    return status(
        HttpRequest.newBuilder(address.resolve(path)).POST(HttpRequest.BodyPublishers.noBody()));
  }

  private int status(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /// As `kill -9` does.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    client.close();
  }
}
