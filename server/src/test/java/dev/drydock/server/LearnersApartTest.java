package dev.drydock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two learners of a class: neither reaches what is the other's.
final class LearnersApartTest {
  private static final String FILE = "pods/first-pod/pod.yaml";

  @TempDir Path data;
  private WorkbookServer workbook;
  private Visitor ada;
  private Visitor bob;

  @BeforeEach
  void serve() throws Exception {
    workbook = TestWorkbook.still(data, "open-sesame");
    ada = new Visitor(workbook).join("Ada", "open-sesame");
    bob = new Visitor(workbook).join("Bob", "open-sesame");
  }

  @AfterEach
  void stop() {
    ada.close();
    bob.close();
    workbook.close();
  }

  @Test
  void whoHasNotJoinedSeesOnlyTheDoor() throws Exception {
    try (Visitor stranger = new Visitor(workbook)) {
      assertThat(stranger.get("/").body()).contains("Join the class");
      assertThat(stranger.get("/exercises/pods/first-pod").body()).contains("Join the class");
      assertThat(stranger.get("/api/files/" + FILE).statusCode()).isEqualTo(401);
      assertThat(stranger.get("/api/cluster/stream").statusCode()).isEqualTo(401);
      assertThat(stranger.postJson("/api/exercises/pods/first-pod/check", "{}").statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void aWrongCodeDoesNotOpenIt() throws Exception {
    try (Visitor stranger = new Visitor(workbook)) {
      var response = stranger.postForm("/join", "name=Eve&code=guess");
      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.body()).contains("This is not the code of this class.");
      assertThat(stranger.get("/").body()).contains("Join the class");
    }
  }

  @Test
  void filesAreKeptApart() throws Exception {
    ada.put("/api/files/" + FILE, "kind: Pod # of Ada");
    bob.put("/api/files/" + FILE, "kind: Pod # of Bob");
    assertThat(ada.file(FILE)).isEqualTo("kind: Pod # of Ada");
    assertThat(bob.file(FILE)).isEqualTo("kind: Pod # of Bob");
  }

  @Test
  void progressIsKeptApart() throws Exception {
    ada.postForm("/lessons/pods/what-a-pod-is/read", "");
    ada.postJson("/api/exercises/pods/first-pod/check", "{}");
    assertThat(ada.get("/").body()).contains("(done)", "(begun)");
    assertThat(bob.get("/").body()).doesNotContain("(done)", "(begun)");
  }

  @Test
  void aChangedCookieIsNobodys() throws Exception {
    String value = ada.cookies().getFirst().getValue();
    String name = ada.cookies().getFirst().getName();
    String other = bob.cookies().getFirst().getValue();
    String mixed = value.substring(0, value.indexOf('.')) + other.substring(other.indexOf('.'));
    try (Visitor eve = new Visitor(workbook)) {
      assertThat(eve.get("/api/files/" + FILE, "Cookie", name + "=" + mixed).statusCode())
          .isEqualTo(401);
      assertThat(eve.get("/api/files/" + FILE, "Cookie", name + "=" + value).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void noPathLeadsOutOfTheFolder() throws Exception {
    for (String path :
        new String[] {
          "../home/x", "..%2f..%2fcookie.key", "/etc/passwd", "a/../../x", "%2e%2e/x", "a/b\0c"
        }) {
      var response = ada.get("/api/files/" + path.replace("\0", "%00"));
      assertThat(response.statusCode()).as(path).isIn(400, 404);
    }
  }

  @Test
  void aLinkInTheFolderIsNotFollowed() throws Exception {
    bob.put("/api/files/" + FILE, "secret of Bob");
    ada.put("/api/files/" + FILE, "mine");
    Path adas = homeWith("mine");
    Path bobs = homeWith("secret of Bob");
    Files.delete(adas.resolve(FILE));
    Files.createSymbolicLink(adas.resolve(FILE), bobs.resolve(FILE));
    Files.createSymbolicLink(adas.resolve("kubectl"), bobs.resolve("pods"));
    assertThat(ada.get("/api/files/" + FILE).body()).doesNotContain("secret");
    assertThat(ada.get("/api/files/kubectl/first-pod/pod.yaml").body()).doesNotContain("secret");
    ada.put("/api/files/" + FILE, "overwritten");
    ada.put("/api/files/kubectl/first-pod/pod.yaml", "overwritten");
    assertThat(bob.file(FILE)).isEqualTo("secret of Bob");
  }

  @Test
  void aTerminalSeesOneHomeOrIsRefused() throws Exception {
    bob.put("/api/files/" + FILE, "secret of Bob");
    try (TerminalClient terminal = TerminalClient.open(ada, workbook, "pods/first-pod")) {
      if (!terminal.started()) {
        assertThat(terminal.refusal()).contains("no sandbox");
        return;
      }
      terminal.type(
          "ls -d "
              + data
              + " /home/* /root/. 2>&1; cat /proc/1/cmdline | tr '\\0' ' '; echo; echo don''e\r");
      assertThat(terminal.await("done"))
          .contains("/home/learner")
          .doesNotContain("secret of Bob")
          .contains("cannot access '" + data + "'");
    }
  }

  @Test
  void clustersAreKeptApart() throws Exception {
    try (TerminalClient terminal = TerminalClient.open(ada, workbook, "pods/first-pod")) {
      if (terminal.started()) {
        terminal.type(
            "kubectl config view --raw -o jsonpath='{.users[0].user.token}'; echo don''e\r");
        assertThat(terminal.await("done")).contains("token-" + id(ada)).doesNotContain(id(bob));
      }
    }
  }

  private static String id(Visitor visitor) {
    String value = visitor.cookies().getFirst().getValue();
    return value.substring(0, value.indexOf('.'));
  }

  private Path homeWith(String content) throws Exception {
    try (var homes = Files.list(data.resolve("learners"))) {
      for (Path learner : homes.toList()) {
        Path home = learner.resolve("home");
        if (Files.exists(home.resolve(FILE))
            && Files.readString(home.resolve(FILE)).equals(content)) {
          return home;
        }
      }
    }
    throw new AssertionError("nobody has " + content);
  }
}
