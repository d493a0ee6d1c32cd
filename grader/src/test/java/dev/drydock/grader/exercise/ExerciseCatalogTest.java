package dev.drydock.grader.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.cluster.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExerciseCatalogTest {
  private static final String CHECKS =
      """
      settle: 1m30s
      object: {apiVersion: v1, kind: Pod, namespace: default, name: a}
      checks:
        - id: one
          title: One
          points: 3
          expression: object.x
          message: Not one.
        - id: two
          title: Two
          points: 2
          after: one
          object: null
          expression: 'true'
          message: Not two.
          path: spec.containers[name=a].image
      """;

  @TempDir private Path root;
  private Path folder;
  private ExerciseCatalog catalog;

  @BeforeEach
  void writeExercise() throws IOException {
    folder = Files.createDirectories(root.resolve("pods/a"));
    catalog = new ExerciseCatalog(root);
    write("exercise.yaml", "title: A\nchapter: pods\npoints: 5\nneeds: [fork]\n");
    write("README.md", "# A\n");
    write("hints.md", "# Hints\n\n## First\n\none\n\n## Second\n\ntwo\n");
    write("checks.yaml", CHECKS);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private void refuses(String message) {
    assertThatThrownBy(() -> catalog.find("pods/a"))
        .isInstanceOf(ExerciseFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void readsAFolderAsAnExercise() throws Exception {
    Exercise exercise = catalog.find("pods/a").orElseThrow();

    assertThat(exercise.title()).isEqualTo("A");
    assertThat(exercise.needs()).containsExactly(Capability.FORK);
    assertThat(exercise.hints()).containsExactly("one", "two");
    assertThat(exercise.checks().settle()).isEqualTo(Duration.ofSeconds(90));
    Check one = exercise.checks().find("one").orElseThrow();
    Check two = exercise.checks().find("two").orElseThrow();
    assertThat(one.object()).isEqualTo(new ObjectReference("v1", "Pod", "default", "a"));
    assertThat(two.object()).isNull();
    assertThat(two.after()).isEqualTo("one");
    assertThat(one.test())
        .isEqualTo(
            new Check.Test.Condition(
                new dev.drydock.grader.cel.Expression("object.x", "pods/a/checks.yaml:7")));
  }

  @Test
  void knowsWhatLiesInTheFolderAtThisMoment() throws Exception {
    assertThat(catalog.ids()).containsExactly(new ExerciseId("pods/a"));
    Files.delete(folder.resolve("exercise.yaml"));
    assertThat(catalog.ids()).isEmpty();
    assertThat(catalog.find("pods/a")).isEmpty();
    assertThat(catalog.find("../etc")).isEmpty();
  }

  @Test
  void refusesPointsThatDoNotAddUp() throws Exception {
    write("exercise.yaml", "title: A\nchapter: pods\npoints: 6\n");
    refuses("pods/a/exercise.yaml:3: 'points' is 6, but those of the checks add up to 5");
  }

  @Test
  void namesTheLineOfAnAuthorsMistake() throws Exception {
    write("checks.yaml", CHECKS.replace("expression: object.x", "expresion: object.x"));
    refuses("pods/a/checks.yaml:7: 'expresion' is not a field here");
    write("checks.yaml", CHECKS.replace("after: one", "after: three"));
    refuses("pods/a/checks.yaml:12: no check before this one is called 'three'");
    write("checks.yaml", CHECKS.replace("id: two", "id: one"));
    refuses("two checks are called 'one'");
    write("checks.yaml", CHECKS.replace("id: two", "id: accepted"));
    refuses("'accepted' cannot be the id of a check");
    write("checks.yaml", CHECKS.replace("[name=a].image", "[0].image"));
    refuses("is not a path");
    write("checks.yaml", CHECKS.replace("1m30s", "soon"));
    refuses("'settle' must be a duration");
    write("checks.yaml", "a: [\n");
    refuses("pods/a/checks.yaml: line");
  }

  @Test
  void refusesNeedsThatNoClusterHas() throws Exception {
    write("exercise.yaml", "title: A\nchapter: pods\npoints: 5\nneeds: [magic]\n");
    refuses("'magic' is not something to need");
  }
}
