package dev.drydock.grader.exercise;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Reads an exercise's folder.
final class ExerciseReader {
  private static final ImmutableSet<String> FILE =
      ImmutableSet.of("title", "chapter", "objectives", "points", "environment", "needs");
  private static final ImmutableSet<String> ENVIRONMENT = ImmutableSet.of("manifests", "nodes");
  private static final ImmutableSet<String> NODE = ImmutableSet.of("name", "cpu", "memory", "pods");

  private ExerciseReader() {}

  static Exercise read(Path folder, ExerciseId id) throws ExerciseFormatException {
    Fields fields = Fields.read(folder.resolve("exercise.yaml"), id + "/exercise.yaml", FILE);
    CheckList checks = ChecksReader.read(folder.resolve("checks.yaml"), id + "/checks.yaml");
    int points = fields.integer("points", 0);
    if (points != checks.points()) {
      throw fields.problem(
          "points",
          "'points' is %d, but those of the checks add up to %d"
              .formatted(points, checks.points()));
    }
    return new Exercise(
        id,
        folder,
        fields.string("title"),
        fields.string("chapter"),
        fields.strings("objectives"),
        points,
        environment(fields, folder),
        needs(fields),
        checks,
        text(folder.resolve("README.md"), id),
        hints(text(folder.resolve("hints.md"), id)));
  }

  private static Environment environment(Fields fields, Path folder)
      throws ExerciseFormatException {
    var environment = fields.child("environment", ENVIRONMENT);
    return environment.isEmpty() ? Environment.PLAIN : environment(folder, environment.get());
  }

  private static Environment environment(Path folder, Fields fields)
      throws ExerciseFormatException {
    ImmutableList.Builder<Path> manifests = ImmutableList.builder();
    for (String name : fields.strings("manifests")) {
      Path manifest = folder.resolve(name).normalize();
      if (!manifest.startsWith(folder) || !Files.isRegularFile(manifest)) {
        throw fields.problem("manifests", "there is no file '%s' in the exercise".formatted(name));
      }
      manifests.add(manifest);
    }
    ImmutableList.Builder<Environment.Node> nodes = ImmutableList.builder();
    for (Fields node : fields.items("nodes", NODE)) {
      nodes.add(
          new Environment.Node(
              node.string("name"),
              node.stringOr("cpu", "4"),
              node.stringOr("memory", "8Gi"),
              node.integer("pods", 110)));
    }
    return new Environment(manifests.build(), nodes.build());
  }

  private static ImmutableSet<Capability> needs(Fields fields) throws ExerciseFormatException {
    ImmutableSet.Builder<Capability> needs = ImmutableSet.builder();
    for (String word : fields.strings("needs")) {
      needs.add(
          Arrays.stream(Capability.values())
              .filter(capability -> capability.word().equals(word))
              .findFirst()
              .orElseThrow(
                  () ->
                      fields.problem(
                          "needs",
                          "'%s' is not something to need; known are %s".formatted(word, words()))));
    }
    return needs.build();
  }

  private static String words() {
    return Arrays.stream(Capability.values())
        .map(Capability::word)
        .collect(Collectors.joining(", "));
  }

  private static String text(Path file, ExerciseId id) throws ExerciseFormatException {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new ExerciseFormatException(
          "%s/%s cannot be read: %s".formatted(id, file.getFileName(), e), e);
    }
  }

  /// Each heading of the second level starts a step.
  private static ImmutableList<String> hints(String markdown) {
    return Arrays.stream(markdown.split("(?m)^## .*$", -1))
        .skip(1)
        .map(String::strip)
        .collect(ImmutableList.toImmutableList());
  }
}
