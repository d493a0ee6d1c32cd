package dev.drydock.grader.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmissionReaderTest {
  private static final String CONFIG_MAP =
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: %s\n";

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Submission read() throws SubmissionException {
    return SubmissionReader.read("alice", List.of(folder));
  }

  private List<String> names() throws SubmissionException {
    return read().objects().stream().map(object -> object.string("metadata", "name")).toList();
  }

  private void refuses(String sentence) {
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(SubmissionException.class, e -> assertThat(e.next()).isNotBlank())
        .hasMessageContaining(sentence);
  }

  @Test
  void readsEveryDocumentOfEveryManifestByTheirNames() throws Exception {
    write("b two.YML", CONFIG_MAP.formatted("second") + "---\n" + CONFIG_MAP.formatted("third"));
    write("a.yaml", CONFIG_MAP.formatted("first"));
    write("deep/er/c.json", "{\"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"fourth\"}}");
    write("notes.txt", "not: read");
    write(".hidden.yaml", CONFIG_MAP.formatted("hidden"));

    assertThat(names()).containsExactly("first", "second", "third", "fourth");
  }

  @Test
  void readsFilesOfAnyNameWhenNoneEndsLikeAManifest() throws Exception {
    write("answer", CONFIG_MAP.formatted("only"));

    assertThat(names()).containsExactly("only");
  }

  @Test
  void unfoldsListsAndKeepsTheLines() throws Exception {
    write(
        "list.yaml",
        "kind: List\napiVersion: v1\nitems:\n  - kind: Pod\n    metadata:\n      name: a\n");

    SubmittedDocument pod = read().documents().getFirst();
    assertThat(pod.object().string("kind")).isEqualTo("Pod");
    assertThat(pod.locate("metadata.name")).hasToString("list.yaml:6");
  }

  @Test
  void refusesWhatIsNoManifest() throws Exception {
    refuses("is empty");
    write("pod.yaml", "");
    refuses("pod.yaml is empty");
    write("pod.yaml", "# nothing but a comment\n---\n");
    refuses("holds no manifest");
    write("pod.yaml", "hello world\n");
    refuses("pod.yaml:1 holds no manifest but a plain string");
    write("pod.yaml", "kind: Pod\nmetadata:\n\tname: a\n");
    refuses("pod.yaml cannot be read: line 3");
    write("pod.yaml", "a\0b");
    refuses("binary file");
    Files.write(folder.resolve("pod.yaml"), "kind: Pod".getBytes(StandardCharsets.UTF_16));
    refuses("UTF-16");
    Files.write(folder.resolve("pod.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe4});
    refuses("not UTF-8");
  }

  @Test
  void refusesMoreThanTheLimits() throws Exception {
    write("big.yaml", "a: " + "x".repeat(SubmissionReader.FILE_BYTES_MAX));
    refuses("larger than 1024 KiB");
    Files.delete(folder.resolve("big.yaml"));

    for (int i = 0; i <= SubmissionReader.FILES_MAX; i++) {
      write("f%03d.yaml".formatted(i), CONFIG_MAP.formatted("x"));
    }
    refuses("more than 200 files");
  }

  @Test
  void refusesManifestsAndFoldersWithoutEnd() throws Exception {
    write("a.yaml", ("{kind: A}\n---\n").repeat(600));
    write("b.yaml", ("{kind: A}\n---\n").repeat(600));
    refuses("more than 1000 manifests");
    Files.delete(folder.resolve("a.yaml"));
    write("d/".repeat(12) + "a.yaml", CONFIG_MAP.formatted("x"));
    refuses("nest deeper");
  }

  @Test
  void refusesLinksThatLeadOutOfTheFolder() throws Exception {
    Files.createSymbolicLink(folder.resolve("pod.yaml"), Path.of("/etc/hostname"));
    refuses("pod.yaml is a symbolic link that leads out of the folder");
  }

  @Test
  void refusesALinkToAFolderAndABrokenOne() throws Exception {
    Files.createSymbolicLink(folder.resolve("loop"), folder);
    refuses("loop is not an ordinary file");
    Files.delete(folder.resolve("loop"));
    Files.createSymbolicLink(folder.resolve("gone.yaml"), folder.resolve("nothing"));
    refuses("gone.yaml is a symbolic link");
  }

  @Test
  void followsALinkWithinTheFolder() throws Exception {
    write("real/pod.yaml", CONFIG_MAP.formatted("linked"));
    Files.createSymbolicLink(folder.resolve("link.yaml"), folder.resolve("real/pod.yaml"));

    assertThat(names()).containsExactly("linked", "linked");
  }

  @Test
  void saysThatCommandsAreNotGradedYet() throws Exception {
    write("commands.sh", "kubectl get pods\n");
    refuses("commands.sh holds commands");
  }

  @Test
  void saysWhichPathDoesNotExist() {
    assertThatThrownBy(() -> SubmissionReader.read("x", List.of(Path.of("no/such/file.yaml"))))
        .hasMessage("There is no file or folder no/such/file.yaml.");
  }
}
