package dev.drydock.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a project of stand-ins: a JDK that prints how it was started, and a Maven that
/// notes each build.
class LauncherTest {
  private static final Path PROJECT = Path.of(System.getProperty("drydock.home", ".."));

  @TempDir private Path folder;
  private Path root = Path.of("");
  private Path jdk = Path.of("");

  @BeforeEach
  void makeProject() throws IOException {
    root = Files.createDirectories(folder.resolve("project"));
    Files.copy(
        PROJECT.resolve("drydock"), root.resolve("drydock"), StandardCopyOption.COPY_ATTRIBUTES);
    write(root.resolve("pom.xml"), "<project/>");
    write(root.resolve("server/pom.xml"), "<project/>");
    write(root.resolve("server/src/main/java/A.java"), "class A {}");
    script(
        root.resolve("mvnw"),
        """
        echo "$JAVA_HOME $*" >> builds
        echo '[INFO] Building Drydock: cluster 0.1.0-SNAPSHOT [2/5]'
        [ -e broken ] && { echo '[ERROR] A.java:[1,1] not a class'; exit 1; }
        mkdir -p server/target/lib
        echo jar > server/target/lib/x.jar
        echo jar > server/target/drydock-server-0.1.0-SNAPSHOT.jar
        """);
    jdk = jdk("jdk-25", "25.0.1");
    jdk("jdk-17", "17.0.2");
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    script(home.resolve("bin/java"), "echo java-" + version + " \"$@\"\nexit 7\n");
    script(home.resolve("bin/javac"), "");
    write(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void script(Path file, String text) throws IOException {
    write(file, "#!/bin/bash\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private record Ended(int code, String output) {}

  private Ended run(Path launcher, String... arguments) throws Exception {
    return start(launcher, arguments).end();
  }

  private record Running(Process process) {
    Ended end() throws Exception {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Ended(process.exitValue(), output);
    }
  }

  private Running start(Path launcher, String... arguments) throws IOException {
    String[] command = new String[arguments.length + 1];
    command[0] = launcher.toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.environment().put("HOME", folder.toString());
    return new Running(builder.start());
  }

  private long builds() throws IOException {
    Path builds = root.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  @Test
  void buildsOnFirstUseWithProgressAndThenOnlyRuns() throws Exception {
    Ended first = run(root.resolve("drydock"), "doctor", "--x", "a b");
    Ended second = run(root.resolve("drydock"), "doctor");

    assertThat(first.output()).contains("Building Drydock", "  building cluster");
    assertThat(first.output()).contains("java-25.0.1", "cli.Drydock doctor --x a b");
    assertThat(first.code()).isEqualTo(7);
    assertThat(second.output()).doesNotContain("Building");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void buildsAgainWhenASourceHasChanged() throws Exception {
    run(root.resolve("drydock"), "doctor");
    Files.setLastModifiedTime(
        root.resolve("server/src/main/java/A.java"), FileTime.from(Instant.now().plusSeconds(60)));
    run(root.resolve("drydock"), "doctor");

    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void worksThroughSymbolicLinksFromAnywhere() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("dd"), root.resolve("drydock"));
    Path second = Files.createSymbolicLink(folder.resolve("ddd"), Path.of("dd"));
    assertThat(link).exists();

    assertThat(run(second, "doctor").output()).contains("-Ddrydock.home=" + root.toRealPath());
  }

  @Test
  void buildsOnceWhenManyStartAtOnce() throws Exception {
    Running[] running = new Running[4];
    for (int i = 0; i < running.length; i++) {
      running[i] = start(root.resolve("drydock"), "doctor");
    }
    for (Running each : running) {
      assertThat(each.end().output()).contains("cli.Drydock doctor");
    }
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void showsTheRelevantLinesOfAFailedBuild() throws Exception {
    write(root.resolve("broken"), "");
    Ended ended = run(root.resolve("drydock"), "doctor");

    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.output())
        .contains("[ERROR] A.java:[1,1] not a class", "could not be built", "build.log");
  }

  @Test
  void passesOverAJavaThatIsTooOld() throws Exception {
    Path young = jdk;
    Files.createDirectories(folder.resolve(".jdks"));
    Files.move(young, folder.resolve(".jdks/temurin-25"));
    jdk = folder.resolve("jdk-17");

    assertThat(run(root.resolve("drydock"), "doctor").output())
        .contains("building cluster")
        .doesNotContain("java-17");
  }

  @Test
  void runsMavenWithTheJdkItFoundForTest() throws Exception {
    Ended ended = run(root.resolve("drydock"), "test", "-Dtest=X");

    assertThat(ended.code()).isZero();
    assertThat(root.resolve("builds")).content().contains(jdk + " -B -ntp verify -Dtest=X");
  }
}
