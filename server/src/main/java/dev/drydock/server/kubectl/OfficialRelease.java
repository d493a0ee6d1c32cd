package dev.drydock.server.kubectl;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Kubernetes' own release. The checksum of Linux on x86-64 is pinned; for other platforms the one
/// that is published beside the program counts.
record OfficialRelease(Platform platform) implements KubectlSource {
  private static final String BASE = "https://dl.k8s.io/release/%s/bin/%s/%s/kubectl";

  @Override
  public String words() {
    return "the official release";
  }

  @Override
  public Path fetch(Path folder, Consumer<String> progress) throws IOException {
    String address = BASE.formatted(Kubectl.VERSION, platform.os(), platform.arch());
    Path program = folder.resolve("kubectl");
    String sha256 = sha256(address, folder);
    Download.fetch(URI.create(address), program, progress);
    Download.verify(program, sha256);
    return program;
  }

  private String sha256(String address, Path folder) throws IOException {
    if (platform.equals(Platform.LINUX_AMD64)) {
      return LINUX_AMD64_SHA256;
    }
    Path published = folder.resolve("kubectl.sha256");
    Download.fetch(URI.create(address + ".sha256"), published, _ -> {});
    return Files.readString(published).strip();
  }
}
