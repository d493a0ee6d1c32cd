package dev.drydock.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.server.content.Chapter;
import dev.drydock.server.content.Lesson;
import dev.drydock.server.content.Library;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The prose is tested like code.
final class LessonsTest {
  private static final Pattern LINK = Pattern.compile("href=\"(/[^\"#]*)");
  private final Library library = new Library(TestWorkbook.HOME.resolve("lessons"));

  @Test
  void everyLessonSaysWhatItTeachesAndHowLongItTakes() {
    for (Lesson lesson : lessons()) {
      assertThat(lesson.title()).as(lesson.id()).isNotBlank();
      assertThat(lesson.minutes()).as(lesson.id()).isBetween(2L, 15L);
      assertThat(lesson.outcomes()).as(lesson.id()).hasSizeGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void everyChapterIsTaughtOrSaysWhatItWillTeach() {
    for (Chapter chapter : library.chapters()) {
      assertThat(chapter.title()).as(chapter.id()).isNotBlank();
      assertThat(chapter.summary()).as(chapter.id()).isNotBlank();
      assertThat(chapter.written() || !chapter.planned().isEmpty()).as(chapter.id()).isTrue();
    }
  }

  @Test
  void everyLinkInsideTheWorkbookLeadsSomewhere(@TempDir Path data) throws Exception {
    try (WorkbookServer workbook = TestWorkbook.still(data, null);
        Visitor visitor = new Visitor(workbook)) {
      Set<String> seen = new TreeSet<>();
      List<String> next = List.of("/");
      while (!next.isEmpty()) {
        Set<String> found = new TreeSet<>();
        for (String path : next) {
          var response = visitor.get(path);
          assertThat(response.statusCode()).as(path).isEqualTo(200);
          seen.add(path);
          LINK.matcher(response.body()).results().map(link -> link.group(1)).forEach(found::add);
        }
        found.removeAll(seen);
        found.removeIf(path -> path.startsWith("/assets/"));
        next = List.copyOf(found);
      }
      assertThat(seen).contains("/lessons/pods/what-a-pod-is", "/exercises/pods/first-pod");
    }
  }

  private List<Lesson> lessons() {
    return library.chapters().stream().flatMap(chapter -> chapter.lessons().stream()).toList();
  }
}
