package dev.drydock.server.content;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// The chapters and lessons of a `lessons/` folder, read anew for each page so that an author sees
/// a change by reloading.
///
/// `lessons/<chapter>/chapter.yaml` has `order`, `title`, `summary` and `planned`;
/// `lessons/<chapter>/<nn>-<name>.md` is a lesson with `title`, `minutes` and `outcomes` on top.
public final class Library {
  private final Path root;

  public Library(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /// In reading order.
  public ImmutableList<Chapter> chapters() {
    record Ordered(Path folder, JsonObject about) {}
    var ordered =
        list(root)
            .filter(folder -> Files.isRegularFile(about(folder)))
            .map(folder -> new Ordered(folder, yaml(about(folder))))
            .sorted(Comparator.comparingLong(o -> o.about.integer(Long.MAX_VALUE, "order")))
            .toList();
    ImmutableList.Builder<Chapter> chapters = ImmutableList.builder();
    for (int i = 0; i < ordered.size(); i++) {
      chapters.add(chapter(i + 1, ordered.get(i).folder, ordered.get(i).about));
    }
    return chapters.build();
  }

  public Optional<Chapter> chapter(String id) {
    return chapters().stream().filter(chapter -> chapter.id().equals(id)).findFirst();
  }

  public Optional<Lesson> lesson(String id) {
    return chapters().stream()
        .flatMap(chapter -> chapter.lessons().stream())
        .filter(lesson -> lesson.id().equals(id))
        .findFirst();
  }

  /// Where the lesson's diagrams lie.
  Path folder(Lesson lesson) {
    return root.resolve(lesson.chapter());
  }

  /// The lesson's Markdown, without what stands on top.
  String text(Lesson lesson) {
    return FrontMatter.of(lesson.id(), read(lesson.file())).body();
  }

  private static Chapter chapter(int number, Path folder, JsonObject about) {
    String id = folder.getFileName().toString();
    return new Chapter(
        id,
        number,
        about.string("title"),
        about.string("summary"),
        about.array("planned").strings().collect(ImmutableList.toImmutableList()),
        list(folder)
            .filter(file -> file.getFileName().toString().matches("\\d+-[a-z0-9-]+\\.md"))
            .sorted()
            .map(file -> lesson(id, file))
            .collect(ImmutableList.toImmutableList()));
  }

  private static Lesson lesson(String chapter, Path file) {
    String name =
        file.getFileName().toString().replaceFirst("^\\d+-", "").replaceFirst("\\.md$", "");
    String id = chapter + "/" + name;
    JsonObject fields = FrontMatter.of(id, read(file)).fields();
    return new Lesson(
        id,
        fields.string("title"),
        fields.integer(5, "minutes"),
        fields.array("outcomes").strings().collect(ImmutableList.toImmutableList()),
        file);
  }

  private static Path about(Path folder) {
    return folder.resolve("chapter.yaml");
  }

  private static JsonObject yaml(Path file) {
    return FrontMatter.yaml(file.toString(), read(file));
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
