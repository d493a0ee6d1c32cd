package dev.drydock.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What scripts add to a lesson.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LessonInBrowserTest {
  private Chromium chromium;
  private WorkbookServer workbook;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    chromium = Chromium.start();
    workbook = TestWorkbook.still(data, null);
  }

  @AfterAll
  void stop() {
    chromium.close();
    workbook.close();
  }

  private Page lesson() {
    Page page = chromium.page();
    page.navigate(workbook.address().resolve("/lessons/pods/what-a-pod-is").toString());
    return page;
  }

  @Test
  void aManifestIsSavedIntoTheFolderOfTheTerminal() {
    Page page = lesson();
    page.getByText("Save to your folder").first().click();
    assertThat(page.locator("dd-manifest [role=status]").first())
        .hasText("kuard-pod.yaml is in your folder");
    new ExercisePage(page).type("ls").terminalShows("kuard-pod.yaml");
  }

  @Test
  void aCommandRunsInTheTerminal() {
    Page page = lesson();
    page.getByText("Run in the terminal").first().click();
    new ExercisePage(page).terminalShows("kubectl apply -f kuard-pod.yaml");
  }

  @Test
  void aQuizExplainsTheChosenAnswer() {
    Page page = lesson();
    var quiz = page.locator("dd-quiz").first();
    var answer =
        quiz.getByRole(
            AriaRole.BUTTON,
            new com.microsoft.playwright.Locator.GetByRoleOptions().setName("Answer"));
    answer.click();
    assertThat(quiz).containsText("Choose an answer first.");
    quiz.getByLabel("In one pod").check();
    answer.click();
    assertThat(quiz).containsText("Not this one. Needing each other is not enough.");
    quiz.getByLabel("In two pods").check();
    answer.click();
    assertThat(quiz.locator("[data-verdict]")).containsText("Right.");
  }

  @Test
  void theWorkbenchDocksWhereTheReaderWantsIt() {
    Page page = lesson();
    page.getByText("Hide", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator(".bench")).isHidden();
    page.getByText("Run in the terminal").first().click();
    assertThat(page.locator(".bench")).isVisible();
    page.getByText("Below", new Page.GetByTextOptions().setExact(true)).click();
    double text = page.locator("[data-pane=text]").boundingBox().y;
    assertThat(page.locator(".bench").boundingBox().y).isGreaterThan(text);
    page.reload();
    assertThat(page.locator("dd-panes")).hasAttribute("data-dock", "below");
  }

  @Test
  void theLessonHoldsTogetherWhenTheServerGoesAway(@TempDir Path data) throws Exception {
    Page page = chromium.page();
    WorkbookServer passing = TestWorkbook.still(data, null);
    page.navigate(passing.address().resolve("/exercises/pods/first-pod").toString());
    ExercisePage exercise = new ExercisePage(page);
    exercise.awaitSaved();
    exercise.terminalShows("$");
    passing.close();
    assertThat(page.locator("dd-terminal .cover")).containsText("The workbook does not answer.");
    assertThat(page.locator("dd-cluster .offline")).isVisible();
    exercise.check();
    assertThat(page.locator("dd-checks .trouble")).containsText("your work is kept");
  }
}
