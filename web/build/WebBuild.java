import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// Builds the pages' scripts and styles: `java build/WebBuild.java BASEDIR`, called by Maven.
///
/// Does nothing when the sources are those of the last build. Takes Node from the PATH when it is
/// new enough; otherwise fetches a pinned one from the npm registry, so that a machine with a JDK
/// and nothing else can build. Only the JDK is used here, for the same reason.
final class WebBuild {
  private static final String NODE_VERSION = "24.21.0";
  private static final Map<String, String> NODE_INTEGRITY =
      Map.of(
          "linux-x64",
          "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
          "linux-arm64",
          "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==");
  private static final String NPM_VERSION = "11.21.2";
  private static final String NPM_INTEGRITY =
      "sha512-7HPApk+AflMUavSseL1Pm6CnYqMIHk53x+KmuhqmTDqPkjPMgxIpTPcTqsE91EKNw4gFBJV9fnXiSdGm1DXq9A==";

  /// What `vite` asks for.
  private static final int[] NODE_LEAST = {20, 19};

  private final Path base;

  private WebBuild(Path base) {
    this.base = base;
  }

  public static void main(String[] args) throws Exception {
    try {
      new WebBuild(Path.of(args[0]).toAbsolutePath()).run();
    } catch (Refused e) {
      System.err.println("web: " + e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws Exception {
    Path output = base.resolve("target/classes/dev/drydock/web");
    Path stamp = base.resolve("target/web-build.sha256");
    String sources = hash(sources());
    if (same(stamp, sources) && Files.isDirectory(output)) {
      return;
    }
    List<String> node = node();
    install(node);
    say("checking types");
    execute(node, base.resolve("node_modules/typescript/bin/tsc").toString(), "--noEmit");
    say("bundling");
    execute(
        node,
        base.resolve("node_modules/vite/bin/vite.js").toString(),
        "build",
        "--logLevel",
        "warn",
        "--outDir",
        output.toString());
    Files.createDirectories(stamp.getParent());
    Files.writeString(stamp, sources);
  }

  /// `npm ci`, unless node_modules already holds what the lock file says.
  private void install(List<String> node) throws Exception {
    Path stamp = base.resolve("node_modules/.drydock-lock");
    String lock = hash(List.of(base.resolve("package-lock.json")));
    if (same(stamp, lock)) {
      return;
    }
    say("fetching the packages of package-lock.json");
    List<String> npm = new ArrayList<>(npm(node));
    npm.addAll(List.of("ci", "--no-audit", "--no-fund", "--loglevel=error"));
    execute(npm);
    Files.writeString(stamp, lock);
  }

  private List<String> node() throws Exception {
    Optional<Path> onPath = onPath("node");
    if (onPath.isPresent() && newEnough(onPath.get())) {
      return List.of(onPath.get().toString());
    }
    String integrity = NODE_INTEGRITY.get(platform());
    if (integrity == null) {
      throw new Refused(
          "Node %d.%d or later is needed and there is none to fetch for %s: install it from nodejs.org or your package manager"
              .formatted(NODE_LEAST[0], NODE_LEAST[1], platform()));
    }
    Path package_ = fetched("node-" + platform(), NODE_VERSION, integrity);
    Path binary = package_.resolve("bin/node");
    binary.toFile().setExecutable(true);
    return List.of(binary.toString());
  }

  /// npm of the PATH beside the PATH's node; else a fetched one, because Debian's node has no npm.
  private List<String> npm(List<String> node) throws Exception {
    Optional<Path> onPath = onPath("npm");
    if (onPath.isPresent() && onPath("node").map(Path::toString).equals(Optional.of(node.getFirst()))) {
      return List.of(onPath.get().toString());
    }
    Path package_ = fetched("npm", NPM_VERSION, NPM_INTEGRITY);
    return List.of(node.getFirst(), package_.resolve("bin/npm-cli.js").toString());
  }

  private static boolean newEnough(Path node) throws Exception {
    Process process = new ProcessBuilder(node.toString(), "--version").start();
    String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0 || !version.matches("v\\d+\\.\\d+\\..*")) {
      return false;
    }
    int[] parts = Arrays.stream(version.substring(1).split("\\.", 3)).limit(2).mapToInt(Integer::parseInt).toArray();
    // Vite takes ^20.19.0 || >=22.12.0.
    boolean old = Arrays.compare(parts, NODE_LEAST) < 0;
    boolean between = parts[0] == 21 || (parts[0] == 22 && parts[1] < 12);
    return !old && !between;
  }

  /// The unpacked npm package in the user's cache, fetched when it is not there.
  private static Path fetched(String name, String version, String integrity) throws Exception {
    Path home = cache().resolve(name + "-" + version);
    if (Files.isDirectory(home)) {
      return home;
    }
    URI uri = URI.create("%s/%s/-/%s-%s.tgz".formatted(registry(), name, name, version));
    say("fetching %s %s".formatted(name, version));
    byte[] archive = download(uri);
    String found = "sha512-" + Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-512").digest(archive));
    if (!found.equals(integrity)) {
      throw new Refused(uri + " is not the file that was pinned (its checksum differs)");
    }
    Path unpacked = Files.createTempDirectory(Files.createDirectories(home.getParent()), name);
    Tar.unpack(archive, unpacked);
    try {
      Files.move(unpacked, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(home)) { // else another build was faster
        throw e;
      }
    }
    return home;
  }

  private static byte[] download(URI uri) throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(20))
            .build()) {
      HttpResponse<byte[]> response =
          client.send(
              HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(10)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new Refused(uri + " answered " + response.statusCode());
      }
      return response.body();
    } catch (IOException e) {
      throw new Refused(
          "cannot fetch %s (%s): install Node %d.%d or later, or connect to the network"
              .formatted(uri, e, NODE_LEAST[0], NODE_LEAST[1]));
    }
  }

  /// As npm would choose it: environment, then the user's npmrc, then the public one.
  private static String registry() throws IOException {
    for (String name : List.of("npm_config_registry", "NPM_CONFIG_REGISTRY")) {
      String value = System.getenv(name);
      if (value != null && !value.isBlank()) {
        return value.strip().replaceAll("/+$", "");
      }
    }
    Path npmrc = Path.of(System.getProperty("user.home"), ".npmrc");
    if (Files.isReadable(npmrc)) {
      for (String line : Files.readAllLines(npmrc)) {
        if (line.matches("\\s*registry\\s*=.*")) {
          return line.replaceFirst("\\s*registry\\s*=\\s*", "").strip().replaceAll("/+$", "");
        }
      }
    }
    return "https://registry.npmjs.org";
  }

  private static Path cache() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path caches =
        xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
    return caches.resolve("drydock");
  }

  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT);
    String arch = System.getProperty("os.arch");
    return (os.startsWith("mac") ? "darwin" : os.split(" ", 2)[0])
        + "-"
        + (arch.equals("amd64") || arch.equals("x86_64") ? "x64" : arch.equals("aarch64") ? "arm64" : arch);
  }

  private static Optional<Path> onPath(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private List<Path> sources() throws IOException {
    try (Stream<Path> tree = Files.walk(base.resolve("src"))) {
      return Stream.concat(
              tree.filter(Files::isRegularFile),
              Stream.of("package.json", "package-lock.json", "tsconfig.json", "vite.config.ts", "build/WebBuild.java")
                  .map(base::resolve))
          .sorted(Comparator.comparing(path -> base.relativize(path).toString()))
          .toList();
    }
  }

  private String hash(List<Path> files) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Path file : files) {
      digest.update(base.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(file));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static boolean same(Path stamp, String value) throws IOException {
    return Files.isRegularFile(stamp) && Files.readString(stamp).equals(value);
  }

  private void execute(List<String> command, String... more) throws Exception {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(whole).directory(base.toFile()).inheritIO();
    // npm's own scripts look for `node` on the PATH.
    String beside = Path.of(command.getFirst()).getParent().toString();
    builder.environment().merge("PATH", beside, (path, folder) -> folder + File.pathSeparator + path);
    int code = builder.start().waitFor();
    if (code != 0) {
      throw new Refused("`%s` ended with %d".formatted(String.join(" ", whole), code));
    }
  }

  private static void say(String what) {
    System.out.println("web: " + what);
  }

  /// A failure that is told in one sentence.
  private static final class Refused extends Exception {
    Refused(String message) {
      super(message);
    }
  }

  /// Reads the gzipped tar files that npm packs: files only, all below `package/`.
  private static final class Tar {
    private static final int BLOCK = 512;

    static void unpack(byte[] archive, Path target) throws IOException {
      try (InputStream in = new BufferedInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)))) {
        for (byte[] header = in.readNBytes(BLOCK); header.length == BLOCK; header = in.readNBytes(BLOCK)) {
          String name = text(header, 345, 155).isEmpty() ? text(header, 0, 100) : text(header, 345, 155) + "/" + text(header, 0, 100);
          if (name.isEmpty()) {
            return;
          }
          int size = Integer.parseInt(text(header, 124, 12).strip(), 8);
          byte[] content = in.readNBytes(size);
          in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
          if (header[156] == '0' || header[156] == 0) {
            Path file = target.resolve(name.substring(name.indexOf('/') + 1)).normalize();
            if (!file.startsWith(target)) {
              throw new IOException("unexpected name in the archive: " + name);
            }
            Files.createDirectories(file.getParent());
            Files.write(file, content);
          }
        }
      }
    }

    private static String text(byte[] header, int from, int length) {
      int end = from;
      while (end < from + length && header[end] != 0) {
        end++;
      }
      return new String(header, from, end - from, StandardCharsets.UTF_8);
    }
  }
}
