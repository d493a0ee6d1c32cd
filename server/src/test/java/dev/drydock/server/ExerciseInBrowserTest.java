package dev.drydock.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import dev.drydock.grader.exercise.ExerciseCatalog;
import dev.drydock.server.cluster.EmbeddedClusters;
import dev.drydock.server.exercise.LiveChecks;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The exercise `pods/first-pod` from the first page to the last check, in a browser, with the real
/// kubectl and the real embedded cluster.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExerciseInBrowserTest {
  private static final String EXERCISE = "pods/first-pod";
  private static final String KUARD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: kuard
      spec:
        containers:
          - name: kuard
            image: gcr.io/kuar-demo/kuard-amd64:blue
            ports:
              - containerPort: 8080
                name: http
                protocol: TCP
      """;

  private Chromium chromium;

  @TempDir Path data;
  private WorkbookServer workbook;

  @BeforeAll
  void start() {
    chromium = Chromium.start();
  }

  @AfterAll
  void stop() {
    chromium.close();
  }

  @BeforeEach
  void serve() throws Exception {
    workbook = workbook(null);
  }

  @AfterEach
  void close() {
    List<String> complaints = List.copyOf(chromium.complaints());
    chromium.closePages();
    workbook.close();
    assertThat(complaints).isEmpty();
  }

  private WorkbookServer workbook(@Nullable String classCode) throws StartException {
    return TestWorkbook.start(
        TestWorkbook.options(data, classCode),
        new EmbeddedClusters(InstantSource.system()),
        new LiveChecks(new ExerciseCatalog(TestWorkbook.HOME.resolve("exercises"))));
  }

  @Test
  void aRightPodAppliedInTheTerminalPasses() {
    Page page = chromium.page();
    page.navigate(workbook.address().toString());
    page.getByText("Run your first Pod").click();
    ExercisePage exercise = new ExercisePage(page);
    exercise.awaitSaved();
    exercise.write(KUARD).type("kubectl apply -f pod.yaml").terminalShows("pod/kuard created");
    exercise.type("kubectl wait --for=condition=Ready pod/kuard").terminalShows("condition met");
    assertThat(exercise.pod("kuard")).containsText("Running");
    exercise.check().summaryShows("Solved: all 8 checks pass, 10 of 10 points.");
    page.navigate(workbook.address().toString());
    assertThat(page.locator(".chapters")).containsText("1 of 2 done");
  }

  @Test
  void aWrongPodIsExplainedWithTheLineToCorrect() {
    ExercisePage exercise = ExercisePage.open(chromium.page(), workbook, EXERCISE);
    exercise.write(KUARD.replace("kuard-amd64:blue", "kuard-amd64:green")).apply();
    exercise.appliedShows("pod/kuard created").check().summaryShows("checks pass");
    assertThat(exercise.check("image")).containsText("Failed:");
    assertThat(exercise.check("image")).containsText("gcr.io/kuar-demo/kuard-amd64:blue");
    assertThat(exercise.check("image")).containsText("gcr.io/kuar-demo/kuard-amd64:green");
    assertThat(exercise.check("image")).containsText("The tag chooses one build among many");
    exercise.check("image").getByText("pod.yaml, line 8").click();
    assertThat(exercise.page().locator(".cm-activeLine")).containsText("kuard-amd64:green");
  }

  @Test
  void aRefusalIsShownInTheWordsOfTheApiServer() {
    ExercisePage exercise = ExercisePage.open(chromium.page(), workbook, EXERCISE);
    exercise.write(KUARD.replace("containers:", "containerz:")).apply();
    exercise.appliedShows("unknown field \"spec.containerz\"");
    exercise.write("kind: [").apply().appliedShows("error parsing pod.yaml");
    exercise.check().summaryShows("0 of 8 checks pass");
  }

  @Test
  void theTaskTheEditorTheChecksAndTheTerminalAreInViewTogether() {
    ExercisePage exercise = ExercisePage.open(chromium.page(), workbook, EXERCISE);
    for (String pane : new String[] {"task", "editor", "terminal", "checks", "cluster"}) {
      BoundingBox box = exercise.page().locator("[data-pane='" + pane + "']").boundingBox();
      assertThat(box.x + box.width).as(pane).isLessThanOrEqualTo(1280);
      assertThat(box.y + box.height).as(pane).isLessThanOrEqualTo(800);
      assertThat(box.width * box.height).as(pane).isGreaterThan(60_000);
    }
  }

  @Test
  void aReloadComesBackToTheSameShellAndText() {
    ExercisePage exercise = ExercisePage.open(chromium.page(), workbook, EXERCISE);
    exercise.write("# mine\n").type("echo ke''pt").terminalShows("kept");
    exercise.page().reload();
    exercise.terminalShows("kept");
    assertThat(exercise.page().locator(".cm-content")).containsText("# mine");
  }

  @Test
  void whatTheShellWritesAppearsInTheEditor() {
    ExercisePage exercise = ExercisePage.open(chromium.page(), workbook, EXERCISE);
    exercise.type("echo '# from the shell' > pod.yaml");
    assertThat(exercise.page().locator(".cm-content")).containsText("# from the shell");
  }

  @Test
  void theKeyboardReachesAndLeavesEveryPart() {
    ExercisePage exercise = ExercisePage.open(chromium.page(), workbook, EXERCISE);
    exercise.terminalShows("$");
    Page page = exercise.page();
    for (String pane : new String[] {"task", "editor", "terminal", "checks", "cluster", "task"}) {
      page.keyboard().press("F6");
      assertThat(
              page.locator(
                  "[data-pane='" + pane + "']:focus-within, [data-pane='" + pane + "']:focus"))
          .isVisible();
    }
    page.keyboard().press("F6");
    page.keyboard().press("F6");
    page.keyboard().press("F4");
    assertThat(exercise.button("Read aloud")).hasAttribute("aria-pressed", "true");
  }

  @Test
  void aPodOfThePictureShowsItsObject() {
    ExercisePage exercise = ExercisePage.open(chromium.page(), workbook, EXERCISE);
    exercise.write(KUARD).apply().appliedShows("created");
    exercise.pod("kuard").click();
    assertThat(exercise.page().getByRole(com.microsoft.playwright.options.AriaRole.DIALOG))
        .containsText("image: gcr.io/kuar-demo/kuard-amd64:blue");
  }

  @Test
  void startingOverEmptiesTheCluster() {
    ExercisePage exercise = ExercisePage.open(chromium.page(), workbook, EXERCISE);
    exercise.write(KUARD).apply().appliedShows("created");
    assertThat(exercise.pod("kuard")).isVisible();
    exercise.page().onDialog(com.microsoft.playwright.Dialog::accept);
    exercise.button("Start over").click();
    assertThat(exercise.pod("kuard")).hasCount(0);
    exercise.type("kubectl get pods").terminalShows("No resources found");
  }

  @Test
  void twoLearnersOfAClassWorkSideBySide() throws Exception {
    workbook.close();
    workbook = workbook("open-sesame");
    ExercisePage ada = joined("Ada");
    ExercisePage bob = joined("Bob");
    ada.write(KUARD).apply().appliedShows("pod/kuard created");
    assertThat(ada.pod("kuard")).isVisible();
    bob.check().summaryShows("0 of 8 checks pass");
    assertThat(bob.pod("kuard")).hasCount(0);
    assertThat(bob.page().locator(".cm-content")).not().containsText("kuard-amd64:blue");
    ada.check().summaryShows("Solved");
    bob.page().navigate(workbook.address().toString());
    assertThat(bob.page().locator(".chapters")).not().containsText("1 of 2 done");
  }

  private ExercisePage joined(String name) {
    Page page = chromium.page();
    page.navigate(workbook.address().toString());
    page.getByLabel("Your name").fill(name);
    page.getByLabel("Class code").fill("open-sesame");
    page.getByRole(
            com.microsoft.playwright.options.AriaRole.BUTTON,
            new Page.GetByRoleOptions().setName("Join"))
        .click();
    assertThat(page.locator(".who")).hasText(name);
    return ExercisePage.open(page, workbook, EXERCISE);
  }
}
