package dev.drydock.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the data directory keeps, and what stands in the way of a start.
final class RestartTest {
  @TempDir Path data;

  @Test
  void progressAndFilesAreThereAfterARestart() throws Exception {
    String name;
    String value;
    try (WorkbookServer workbook = TestWorkbook.still(data, "code");
        Visitor ada = new Visitor(workbook).join("Ada", "code")) {
      ada.put("/api/files/pods/first-pod/pod.yaml", "kind: Pod\n");
      ada.postForm("/lessons/pods/what-a-pod-is/read", "");
      ada.postJson("/api/exercises/pods/first-pod/check", "{}");
      name = ada.cookies().getFirst().getName();
      value = ada.cookies().getFirst().getValue();
    }
    try (WorkbookServer workbook = TestWorkbook.still(data, "code");
        Visitor ada = new Visitor(workbook)) {
      String cookie = name + "=" + value;
      assertThat(ada.get("/", "Cookie", cookie).body()).contains("Ada", "(done)", "(begun)");
      assertThat(ada.get("/api/files/pods/first-pod/pod.yaml", "Cookie", cookie).body())
          .contains("kind: Pod");
      assertThat(ada.get("/exercises/pods/first-pod", "Cookie", cookie).body())
          .contains("The container runs another image.");
    }
  }

  @Test
  void nothingAcknowledgedIsLostWhenTheProcessIsKilled() throws Exception {
    Set<String> acknowledged = new HashSet<>();
    try (ServerProcess process = ServerProcess.start(data)) {
      for (int i = 0; i < 20; i++) {
        String path = "pods/first-pod/file-" + i + ".yaml";
        if (process.put(path, "content " + i) == 200) {
          acknowledged.add(path);
        }
      }
      assertThat(process.post("/lessons/pods/what-a-pod-is/read")).isEqualTo(200);
      process.kill();
    }
    assertThat(acknowledged).hasSize(20);
    try (WorkbookServer workbook = TestWorkbook.still(data, null);
        Visitor learner = new Visitor(workbook)) {
      for (String path : acknowledged) {
        assertThat(learner.file(path)).as(path).startsWith("content ");
      }
      assertThat(learner.get("/").body()).contains("(done)");
    }
  }

  @Test
  void aPortInUseIsToldInOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
      ServeOptions options =
          new ServeOptions(
              "127.0.0.1",
              taken.getLocalPort(),
              ServeOptions.ClusterProvider.EMBEDDED,
              null,
              data,
              false,
              null,
              null);
      assertThatThrownBy(() -> TestWorkbook.start(options, new FakeClusters(), TestWorkbook.WRONG))
          .isInstanceOf(StartException.class)
          .hasMessage(
              "Port %d of 127.0.0.1 cannot be had; something else uses it."
                  .formatted(taken.getLocalPort()));
    }
    TestWorkbook.still(data, null).close();
  }

  @Test
  void aDataDirectoryThatIsAFileIsToldInOneSentence() throws Exception {
    Path file = Files.writeString(data.resolve("file"), "not a folder");
    assertThatThrownBy(() -> TestWorkbook.still(file.resolve("below"), null))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("cannot be used");
  }

  @Test
  void twoServersDoNotShareADataDirectory() throws Exception {
    try (WorkbookServer first = TestWorkbook.still(data, null)) {
      assertThatThrownBy(() -> TestWorkbook.still(data, null))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("Another Drydock uses the data directory");
      assertThat(first.address().getPort()).isPositive();
    }
  }
}
