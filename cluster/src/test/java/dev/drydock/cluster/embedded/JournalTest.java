package dev.drydock.cluster.embedded;

import static dev.drydock.cluster.embedded.KeptClusters.has;
import static dev.drydock.cluster.embedded.KeptClusters.objects;
import static dev.drydock.cluster.embedded.KeptClusters.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.durability.DurabilityException;
import dev.drydock.cluster.durability.Journal;
import dev.drydock.cluster.loop.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster that is kept in a folder loses nothing that it acknowledged, however its process ends.
final class JournalTest {
  @TempDir Path temporary;

  private Path folder() {
    return temporary.resolve("cluster");
  }

  /// What a process that is killed now would leave behind.
  private Path crashed(String name) throws IOException {
    Path copy = Files.createDirectories(temporary.resolve(name));
    try (Stream<Path> files = Files.list(folder())) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return copy;
  }

  private static Path newest(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("journal-"))
          .max(Comparator.comparing(Path::toString))
          .orElseThrow();
    }
  }

  private static EmbeddedCluster open(Path folder) throws DurabilityException {
    return EmbeddedCluster.open(folder, KeptClusters.BIRTH);
  }

  @Test
  void everyObjectIsAsItWasAtTheCrash() throws Exception {
    try (EmbeddedCluster cluster = KeptClusters.in(folder())) {
      for (int i = 0; i < 20; i++) {
        assertThat(put(cluster, "c" + i).status()).isEqualTo(201);
      }
      cluster.request(ApiRequest.delete("/api/v1/namespaces/default/configmaps/c3"));
      KeptClusters.run(cluster, "p", "Always", "sleep 1000");
      cluster.advance(Duration.ofMinutes(3));

      Journal.Found found = Journal.open(crashed("copy"));

      assertThat(objects(found.state().store())).isEqualTo(objects(cluster.state().store()));
      assertThat(found.state().store().revision()).isEqualTo(cluster.state().store().revision());
    }
  }

  @Test
  void filesOfVolumesAreAsTheyWereAtTheCrash() throws Exception {
    String script =
        "i=0; while [ $i -lt 40 ]; do i=$((i+1)); for d in data host nfs; do echo line $i >> /$d/log;"
            + " echo $i > /$d/last; rm -f /$d/gone; touch /$d/gone; done; sleep 1; done";
    try (EmbeddedCluster cluster = KeptClusters.in(folder())) {
      KeptClusters.run(cluster, "p", "Never", script);
      cluster.advance(Duration.ofSeconds(20));
      assertSameDisks(crashed("one"), cluster);
      cluster.advance(Duration.ofSeconds(13));
      assertSameDisks(crashed("two"), cluster);
      cluster.request(ApiRequest.delete("/api/v1/namespaces/default/pods/p"));
      cluster.advance(Duration.ofMinutes(1));
      assertSameDisks(crashed("three"), cluster);
    }
  }

  private static void assertSameDisks(Path folder, EmbeddedCluster cluster) throws Exception {
    assertThat(Journal.open(folder).state().disks())
        .isEqualTo(dev.drydock.cluster.cri.Disks.of(cluster.state().runtime()));
  }

  @Test
  void aTornLastRecordIsIgnoredWhereverItIsTorn() throws Exception {
    long whole;
    byte[] bytes;
    try (EmbeddedCluster cluster = KeptClusters.in(folder())) {
      put(cluster, "kept");
      whole = Files.size(newest(folder()));
      put(cluster, "torn");
      bytes = Files.readAllBytes(newest(folder()));
    }
    assertThat(bytes.length).isGreaterThan((int) whole);
    for (int length = (int) whole; length < bytes.length; length += 37) {
      Files.write(newest(folder()), Arrays.copyOf(bytes, length));
      Journal.Found found = Journal.open(folder());
      assertThat(objects(found.state().store())).containsKey("configmaps/default/kept");
      assertThat(objects(found.state().store())).doesNotContainKey("configmaps/default/torn");
    }
    try (EmbeddedCluster cluster = open(folder())) {
      assertThat(has(cluster, "kept")).isTrue();
      assertThat(put(cluster, "torn").status()).isEqualTo(201);
    }
    try (EmbeddedCluster cluster = open(folder())) {
      assertThat(has(cluster, "torn")).isTrue();
    }
  }

  @Test
  void zerosAtTheEndAreATornTailToo() throws Exception {
    try (EmbeddedCluster cluster = KeptClusters.in(folder())) {
      put(cluster, "kept");
    }
    Files.write(newest(folder()), new byte[4096], StandardOpenOption.APPEND);
    try (EmbeddedCluster cluster = open(folder())) {
      assertThat(has(cluster, "kept")).isTrue();
    }
  }

  @Test
  void aDamagedRecordBeforeTheLastIsToldInOneSentence() throws Exception {
    try (EmbeddedCluster cluster = KeptClusters.in(folder())) {
      put(cluster, "one");
      put(cluster, "two");
    }
    byte[] bytes = Files.readAllBytes(newest(folder()));
    for (int at : new int[] {1, 5, 9, 40}) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 1;
      Files.write(newest(folder()), damaged);
      assertThatThrownBy(() -> open(folder()))
          .isInstanceOf(DurabilityException.class)
          .hasMessageStartingWith("The saved cluster is damaged: journal-1, byte 0.");
    }
  }

  @Test
  void aJournalThatHasGrownIsCutAndNothingIsLost() throws Exception {
    String blob = "x".repeat(200_000);
    try (EmbeddedCluster cluster = KeptClusters.in(folder())) {
      for (int i = 0; i < 60; i++) {
        ApiResponse made =
            cluster.request(
                ApiRequest.of(
                    "POST",
                    "/api/v1/namespaces/default/configmaps",
                    ApiRequest.JSON,
                    "{\"metadata\": {\"name\": \"b%d\"}, \"data\": {\"k\": \"%s\"}}"
                        .formatted(i, blob)));
        assertThat(made.status()).isEqualTo(201);
      }
      assertThat(newest(folder()).getFileName().toString()).isNotEqualTo("journal-1");
      var expected = objects(cluster.state().store());
      cluster.close();
      assertThat(objects(Journal.open(folder()).state().store())).isEqualTo(expected);
    }
  }

  @Test
  void aRestartedClusterGoesOnFromThereAgainAndAgain() throws Exception {
    KeptClusters.in(folder()).close();
    for (int i = 0; i < 4; i++) {
      try (EmbeddedCluster cluster = open(folder())) {
        put(cluster, "c" + i);
        cluster.advance(Duration.ofSeconds(30));
        for (int earlier = 0; earlier <= i; earlier++) {
          assertThat(has(cluster, "c" + earlier)).isTrue();
        }
      }
    }
  }

  @Test
  void aResetIsKept() throws Exception {
    try (EmbeddedCluster cluster = KeptClusters.in(folder())) {
      put(cluster, "before");
      cluster.reset();
      put(cluster, "after");
    }
    try (EmbeddedCluster cluster = open(folder())) {
      assertThat(has(cluster, "before")).isFalse();
      assertThat(has(cluster, "after")).isTrue();
    }
  }

  @Test
  void timeGoesOnWhereItWasOrLater() throws Exception {
    KeptClusters.in(folder()).close();
    var later = KeptClusters.BIRTH.plus(Duration.ofHours(30));
    try (EmbeddedCluster cluster = EmbeddedCluster.open(folder(), later)) {
      assertThat(cluster.now()).isEqualTo(later);
      cluster.advance(Duration.ofMinutes(2));
      assertThat(cluster.request(ApiRequest.get("/api/v1/nodes")).text())
          .contains("kubelet is posting ready status");
    }
    try (EmbeddedCluster cluster = open(folder())) {
      assertThat(cluster.now()).isAfter(later);
    }
  }

  @Test
  void aFullDiskRefusesChangesInOneSentenceAndLosesNothing() throws Exception {
    Path full = Path.of("/dev/full");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full));
    Files.createDirectories(folder());
    Files.createSymbolicLink(folder().resolve("journal-1"), full);
    try (EmbeddedCluster cluster = KeptClusters.in(folder())) {
      long revision = cluster.state().store().revision();

      ApiResponse refused = put(cluster, "lost");

      assertThat(refused.status()).isEqualTo(500);
      assertThat(refused.message())
          .startsWith("The change was not made, for it cannot be saved in ")
          .endsWith("No space left on device.");
      assertThat(has(cluster, "lost")).isFalse();
      assertThat(cluster.state().store().revision()).isEqualTo(revision);
    }
    try (EmbeddedCluster cluster = open(folder())) {
      assertThat(has(cluster, "lost")).isFalse();
      assertThat(put(cluster, "again").status()).isEqualTo(201);
    }
  }

  @Test
  void aFolderThatIsAFileIsToldInOneSentence() throws Exception {
    Files.writeString(folder(), "not a folder");
    assertThatThrownBy(() -> KeptClusters.in(folder()))
        .isInstanceOf(Ledger.UnkeptException.class)
        .hasMessageStartingWith("A cluster cannot be kept in ");
  }

  @Test
  void aForkIsKeptNowhere() throws Exception {
    try (EmbeddedCluster cluster = KeptClusters.in(folder());
        EmbeddedCluster fork = cluster.fork()) {
      put(fork, "elsewhere");
    }
    assertThat(objects(Journal.open(folder()).state().store()))
        .doesNotContainKey("configmaps/default/elsewhere");
  }
}
