package dev.drydock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Requests that no page of ours sends: a sentence, and the server goes on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputTest {
  private static final String FILE = "/api/files/pods/first-pod/pod.yaml";
  private WorkbookServer workbook;
  private Visitor visitor;

  @BeforeAll
  void serve(@TempDir Path data) throws Exception {
    workbook = TestWorkbook.still(data, null);
    visitor = new Visitor(workbook);
  }

  @AfterAll
  void stop() {
    visitor.close();
    workbook.close();
  }

  @Test
  void aFileThatIsTooLargeIsRefusedAndTheOldOneKept() throws Exception {
    visitor.put(FILE, "kind: Pod\n");
    var large = visitor.put(FILE, "x".repeat(300 << 10));
    assertThat(large.statusCode()).isEqualTo(400);
    assertThat(large.body()).contains("at most 256 KiB are kept");
    assertThat(visitor.put(FILE, "x".repeat(5 << 20)).statusCode()).isEqualTo(413);
    assertThat(visitor.file("pods/first-pod/pod.yaml")).isEqualTo("kind: Pod\n");
  }

  @Test
  void whatIsNotJsonIsRefused() throws Exception {
    for (String body :
        new String[] {"", "{", "[]", "null", "\0\1\2", "{\"path\":{}}", "{\"other\":1}"}) {
      var response = visitor.postJson("/api/apply", body);
      assertThat(response.statusCode()).as(body).isEqualTo(400);
      assertThat(response.body()).as(body).contains("message").doesNotContain("Exception");
    }
  }

  @Test
  void aFileThatIsNotThereCannotBeApplied() throws Exception {
    var response = visitor.postJson("/api/apply", "{\"path\":\"pods/nothing.yaml\"}");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("There is no file pods/nothing.yaml yet.");
  }

  @Test
  void onlyPodsAndNodesAreShown() throws Exception {
    assertThat(visitor.get("/api/cluster/object?kind=secrets&name=x").statusCode()).isEqualTo(400);
    assertThat(visitor.get("/api/cluster/object?kind=pods&name=..%2F..").statusCode())
        .isEqualTo(404);
  }

  @Test
  void namesInPathsAreHeldToTheirForm() throws Exception {
    assertThat(visitor.get("/assets/..%2f..%2fapplication.yaml").statusCode()).isIn(400, 404);
    assertThat(visitor.get("/assets/manifest.json").statusCode()).isEqualTo(404);
  }
}
