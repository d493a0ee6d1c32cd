package dev.drydock.grader.proof;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.YamlDocument;
import dev.drydock.cluster.apimachinery.json.YamlParser;
import dev.drydock.grader.exercise.Exercise;
import dev.drydock.grader.exercise.ExerciseFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Finds the attempts that an exercise ships with.
public final class AttemptReader {
  private AttemptReader() {}

  public static ImmutableList<Attempt> read(Exercise exercise) throws ExerciseFormatException {
    ImmutableList.Builder<Attempt> attempts = ImmutableList.builder();
    attempts.add(new Attempt.Start("start", exercise.start()));
    for (Path folder : folders(exercise.solutions())) {
      attempts.add(new Attempt.Solution("solutions/" + folder.getFileName(), folder));
    }
    for (Path folder : folders(exercise.mistakes())) {
      String name = "mistakes/" + folder.getFileName();
      attempts.add(new Attempt.Mistake(name, folder, expected(exercise, name, folder)));
    }
    return attempts.build();
  }

  private static List<Path> folders(Path parent) throws ExerciseFormatException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new ExerciseFormatException("%s cannot be read: %s".formatted(parent, e), e);
    }
  }

  private static ImmutableMap<String, String> expected(Exercise exercise, String name, Path folder)
      throws ExerciseFormatException {
    String file = exercise.id() + "/" + name + "/" + Attempt.EXPECTED;
    try {
      List<YamlDocument> documents =
          YamlParser.parseAll(Files.readAllBytes(folder.resolve(Attempt.EXPECTED)));
      JsonObject root = documents.size() == 1 ? documents.getFirst().object() : JsonObject.EMPTY;
      Map<String, String> fails = new LinkedHashMap<>();
      root.array("fails")
          .objects()
          .forEach(each -> fails.put(each.string("check"), each.string("message").strip()));
      if (fails.isEmpty() || fails.containsKey("") || fails.containsValue("")) {
        throw new ExerciseFormatException(
            file + ": 'fails' must list the checks that fail, each with 'check' and 'message'");
      }
      return ImmutableMap.copyOf(fails);
    } catch (IOException e) {
      throw new ExerciseFormatException("%s cannot be read: %s".formatted(file, e), e);
    } catch (JsonSyntaxException e) {
      throw new ExerciseFormatException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
