package dev.drydock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The pages as HTML, which must say everything without scripts.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PagesTest {
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
  void contentsNameEveryChapterInOrder() throws Exception {
    assertThat(visitor.get("/").body())
        .containsSubsequence(
            ">Containers<",
            ">Clusters<",
            ">kubectl<",
            ">Pods<",
            ">Probes<",
            ">Resources<",
            ">Volumes<");
  }

  @Test
  void chapterSaysHonestlyThatItIsNotWritten() throws Exception {
    assertThat(visitor.get("/chapters/volumes").body()).contains("not written yet", "emptyDir");
  }

  @Test
  void lessonReadsWithoutScripts() throws Exception {
    String page = visitor.get("/lessons/pods/what-a-pod-is").body();
    assertThat(page)
        .contains("<h1>What a pod is</h1>")
        .contains("<title id=\"pod-title\">A pod and what its containers share</title>")
        .contains("kubectl apply -f kuard-pod.yaml")
        .contains("All answers explained")
        .contains("href=\"/exercises/pods/first-pod\"");
  }

  @Test
  void readingALessonIsRemembered() throws Exception {
    assertThat(visitor.get("/").body()).contains("(not begun)");
    String page = visitor.postForm("/lessons/pods/what-a-pod-is/read", "").body();
    assertThat(page).contains("You have read this page.");
    assertThat(visitor.get("/").body()).contains("(done)");
  }

  @Test
  void exerciseShowsItsChecksBeforeTheyRan() throws Exception {
    String page = visitor.get("/exercises/pods/first-pod").body();
    assertThat(page).contains("Run your first Pod").contains("\"outcome\":\"waiting\"");
  }

  @Test
  void unknownPagesAreToldInASentence() throws Exception {
    for (String path :
        new String[] {
          "/nowhere", "/lessons/pods/nowhere", "/exercises/pods/nowhere", "/exercises/../x"
        }) {
      var response = visitor.get(path);
      assertThat(response.statusCode()).as(path).isEqualTo(404);
      assertThat(response.body()).as(path).contains("There is no such");
    }
  }
}
