package dev.drydock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A shell behind a WebSocket.
final class TerminalTest {
  @TempDir Path data;
  private WorkbookServer workbook;
  private Visitor learner;

  @BeforeEach
  void serve() throws Exception {
    workbook = TestWorkbook.still(data, null);
    learner = new Visitor(workbook);
  }

  @AfterEach
  void stop() {
    learner.close();
    workbook.close();
  }

  private TerminalClient open(String workspace) throws Exception {
    TerminalClient terminal = TerminalClient.open(learner, workbook, workspace);
    assertThat(terminal.refusal()).isEmpty();
    return terminal;
  }

  @Test
  void startsInTheFolderOfTheExerciseWithItsFiles() throws Exception {
    try (TerminalClient terminal = open("pods/first-pod")) {
      terminal.type("pwd; ls; test -t 0 && echo a term''inal; echo don''e\r");
      assertThat(terminal.await("done")).contains("/pods/first-pod", "pod.yaml", "a terminal");
    }
  }

  @Test
  void sharesFilesWithTheEditor() throws Exception {
    try (TerminalClient terminal = open("pods/first-pod")) {
      learner.put("/api/files/pods/first-pod/pod.yaml", "from: editor\n");
      terminal.type("cat pod.yaml; echo 'from: shell' > pod.yaml; echo don''e\r");
      assertThat(terminal.await("done")).contains("from: editor");
      assertThat(learner.file("pods/first-pod/pod.yaml")).isEqualTo("from: shell\n");
    }
  }

  @Test
  void isTheSameShellAfterAReload() throws Exception {
    try (TerminalClient terminal = open("pods/first-pod")) {
      terminal.type("marker=kep''t; echo \"first $marker\"\r");
      terminal.await("first kept");
    }
    try (TerminalClient again = open("pods/first-pod")) {
      assertThat(again.await("first kept")).contains("first kept");
      again.type("echo second $marker\r");
      again.await("second kept");
    }
  }

  @Test
  void anEndlessOutputWaitsForThePageAndStillCanBeStopped() throws Exception {
    try (TerminalClient terminal = open("pods/first-pod")) {
      terminal.draws = false;
      terminal.type("yes\r");
      terminal.await(() -> terminal.received > 500_000, "much output");
      long undrawn = terminal.received;
      terminal.draws = true;
      terminal.send("{\"drawn\":" + undrawn + "}");
      terminal.type("\u0003");
      terminal.type("echo st''ill here\r");
      terminal.await("still here");
    }
  }

  @Test
  void endsWhenTheLearnerLeavesItAndStartsAnew() throws Exception {
    try (TerminalClient terminal = open("pods/first-pod")) {
      terminal.type("exit\r");
      terminal.awaitEnd();
    }
    try (TerminalClient again = open("pods/first-pod")) {
      again.type("echo ne''w\r");
      again.await("new");
    }
  }

  @Test
  void knowsTheSizeOfThePage() throws Exception {
    try (TerminalClient terminal = open("pods/first-pod")) {
      terminal.send("{\"resize\":[93,31]}");
      terminal.type("stty size; echo don''e\r");
      assertThat(terminal.await("done")).contains("31 93");
    }
  }

  @Test
  void refusesAFolderThatNoPageHas() throws Exception {
    try (TerminalClient terminal = TerminalClient.open(learner, workbook, "../../etc")) {
      assertThat(terminal.started()).isFalse();
      assertThat(terminal.refusal()).contains("There is no such");
    }
  }

  @Test
  void hasOnlySoManyShells() throws Exception {
    TerminalClient[] open = new TerminalClient[4];
    String[] workspaces = {"pods", "probes", "volumes", "kubectl"};
    for (int i = 0; i < workspaces.length; i++) {
      open[i] = open(workspaces[i]);
    }
    try (TerminalClient more = TerminalClient.open(learner, workbook, "clusters")) {
      assertThat(more.refusal()).contains("You have 4 terminals open.");
    }
    for (TerminalClient terminal : open) {
      terminal.close();
    }
  }

  @Test
  void ignoresWhatIsNoWordOfThePage() throws Exception {
    try (TerminalClient terminal = open("pods/first-pod")) {
      terminal.send("{\"resize\":[-1,99999999]}");
      terminal.send("{\"drawn\":-5}");
      terminal.send("{\"input\":7}");
      terminal.send("{\"resize\":[80,24]}");
      terminal.type("echo al''ive\r");
      terminal.await("alive");
    }
  }
}
