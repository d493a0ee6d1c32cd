package dev.drydock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// ARCHITECTURE.md names only what there is.
final class ArchitectureMapTest {
  private static final Path HOME = Path.of(System.getProperty("drydock.home", ".."));
  private static final Pattern TYPE = Pattern.compile("\\b((?:[a-z]+\\.)+[A-Z]\\w+)\\b");
  private static final Pattern PACKAGE =
      Pattern.compile("`((?:cluster|grader|server)(?:\\.[a-z]+)+)`");

  private static String map() throws IOException {
    return Files.readString(HOME.resolve("ARCHITECTURE.md"));
  }

  private static Path sources(String name) {
    String module = name.substring(0, name.indexOf('.'));
    return HOME.resolve(module + "/src/main/java/dev/drydock/" + name.replace('.', '/'));
  }

  @Test
  void namesOnlyTypesThatExist() throws IOException {
    List<String> types = TYPE.matcher(map()).results().map(match -> match.group(1)).toList();

    assertThat(types).hasSizeGreaterThan(30);
    assertThat(types)
        .allSatisfy(type -> assertThat(Path.of(sources(type) + ".java")).isRegularFile());
  }

  @Test
  void namesOnlyPackagesThatExist() throws IOException {
    List<String> packages = PACKAGE.matcher(map()).results().map(match -> match.group(1)).toList();

    assertThat(packages).hasSizeGreaterThan(8);
    assertThat(packages).allSatisfy(name -> assertThat(sources(name)).isDirectory());
  }
}
