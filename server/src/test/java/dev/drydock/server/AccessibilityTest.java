package dev.drydock.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// axe-core finds nothing on any page, light or dark, wide or narrow.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessibilityTest {
  private Chromium chromium;
  private WorkbookServer workbook;
  private WorkbookServer classroom;

  @BeforeAll
  void start(@TempDir Path data, @TempDir Path classData) throws Exception {
    chromium = Chromium.start();
    workbook = TestWorkbook.still(data, null);
    classroom = TestWorkbook.still(classData, "code");
  }

  @AfterAll
  void stop() {
    chromium.close();
    workbook.close();
    classroom.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/, LIGHT", "/, DARK",
    "/chapters/pods, LIGHT", "/chapters/pods, DARK",
    "/chapters/volumes, LIGHT", "/chapters/volumes, DARK",
    "/lessons/pods/what-a-pod-is, LIGHT", "/lessons/pods/what-a-pod-is, DARK",
    "/nowhere, LIGHT", "/nowhere, DARK"
  })
  void onEveryPage(String path, ColorScheme scheme) {
    for (int width : new int[] {1280, 390}) {
      Page page = chromium.page(scheme, width, 800);
      page.navigate(workbook.address().resolve(path).toString());
      assertClean(page);
      assertThat(page.evaluate("document.documentElement.scrollWidth"))
          .as("nothing sticks out at the side")
          .isEqualTo(width);
    }
  }

  @ParameterizedTest
  @CsvSource({"LIGHT", "DARK"})
  void onTheDoorOfAClass(ColorScheme scheme) {
    Page page = chromium.page(scheme, 1280, 800);
    page.navigate(classroom.address().toString());
    assertClean(page);
  }

  @ParameterizedTest
  @CsvSource({"LIGHT", "DARK"})
  void onAnExerciseWithAFailedCheck(ColorScheme scheme) {
    ExercisePage exercise =
        ExercisePage.open(chromium.page(scheme, 1280, 800), workbook, "pods/first-pod");
    exercise.check().summaryShows("1 of 2 checks pass");
    assertThat(exercise.pod("kuard")).isVisible();
    exercise.terminalShows("$");
    exercise.apply().appliedShows("$ kubectl apply -f pod.yaml");
    assertClean(exercise.page());
  }

  @ParameterizedTest
  @CsvSource({"task", "editor", "terminal", "checks", "cluster"})
  void onEveryTabOfAPhone(String tab) {
    Page page = chromium.page(ColorScheme.LIGHT, 390, 844);
    page.navigate(workbook.address().resolve("/exercises/pods/first-pod").toString());
    page.locator("[data-tab='" + tab + "']").click();
    assertThat(page.locator("[data-pane='" + tab + "']")).isVisible();
    new ExercisePage(page).awaitSaved();
    assertClean(page);
  }

  private static void assertClean(Page page) {
    assertThat(new AxeBuilder(page).setLegacyMode(true).analyze().getViolations())
        .extracting(
            rule ->
                rule.getId()
                    + ": "
                    + rule.getHelp()
                    + " at "
                    + rule.getNodes().stream().map(node -> node.getHtml()).toList())
        .isEmpty();
  }
}
