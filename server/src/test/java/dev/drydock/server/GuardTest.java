package dev.drydock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What other web pages may make a browser do here: nothing.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GuardTest {
  private WorkbookServer workbook;
  private String own;

  @BeforeAll
  void serve(@TempDir Path data) throws Exception {
    workbook = TestWorkbook.still(data, null);
    own = "127.0.0.1:" + workbook.address().getPort();
  }

  @AfterAll
  void stop() {
    workbook.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "evil.example:7070", "127.0.0.1.evil.example", "[::2]", "a b", ""})
  void refusesANameThatIsNotOurs(String host) throws Exception {
    assertThat(status("GET", "/", "Host: " + host)).isBetween(400, 421);
  }

  @Test
  void answersToTheNamesOfLoopback() throws Exception {
    int port = workbook.address().getPort();
    assertThat(status("GET", "/", "Host: localhost:" + port)).isEqualTo(200);
    assertThat(status("GET", "/", "Host: 127.0.0.1:" + port)).isEqualTo(200);
  }

  @Test
  void refusesChangesFromAnotherOrigin() throws Exception {
    String path = "/api/cluster/reset";
    assertThat(status("POST", path, "Host: " + own, "Origin: http://evil.example")).isEqualTo(403);
    assertThat(status("POST", path, "Host: " + own, "Origin: null")).isEqualTo(403);
    assertThat(status("POST", path, "Host: " + own, "Origin: http://127.0.0.1:1")).isEqualTo(403);
    assertThat(status("POST", path, "Host: " + own, "Origin: http://" + own)).isEqualTo(200);
  }

  @Test
  void refusesAWebSocketFromAnotherOrigin() throws Exception {
    assertThat(upgrade("Origin: http://evil.example")).isEqualTo(403);
    assertThat(upgrade("Origin: http://" + own)).isEqualTo(101);
  }

  @Test
  void refusesAWebSocketUnderAnotherName() throws Exception {
    assertThat(
            status(
                "GET",
                "/api/terminal?workspace=pods",
                "Host: evil.example",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="))
        .isEqualTo(421);
  }

  @Test
  void refusesToBeReadAcrossSitesButCanBeLinkedTo() throws Exception {
    assertThat(
            status(
                "GET",
                "/",
                "Host: " + own,
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Mode: no-cors"))
        .isEqualTo(403);
    assertThat(
            status(
                "GET",
                "/",
                "Host: " + own,
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Mode: navigate"))
        .isEqualTo(200);
  }

  @Test
  void sendsAPolicyThatRunsOnlyOurScripts() throws Exception {
    try (Visitor visitor = new Visitor(workbook)) {
      String policy =
          visitor.get("/").headers().firstValue("Content-Security-Policy").orElseThrow();
      assertThat(policy)
          .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'");
    }
  }

  private int upgrade(String origin) throws IOException {
    return status(
        "GET",
        "/api/terminal?workspace=pods",
        "Host: " + own,
        origin,
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==");
  }

  /// The HTTP client of the JDK does not let one choose Host and Origin freely.
  private int status(String method, String path, String... headers) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", workbook.address().getPort())) {
      String request =
          method
              + " "
              + path
              + " HTTP/1.1\r\n"
              + String.join("\r\n", headers)
              + "\r\nContent-Length: 0\r\n\r\n";
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      String line = new String(in.readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
      return Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
    }
  }
}
