package dev.drydock.grader.exercise;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `checks.yaml`.
final class ChecksReader {
  private static final Duration SETTLE = Duration.ofSeconds(30);
  private static final ImmutableSet<String> FILE =
      ImmutableSet.of("settle", "object", "variables", "checks");
  private static final ImmutableSet<String> CHECK =
      ImmutableSet.of(
          "id",
          "title",
          "points",
          "after",
          "object",
          "variables",
          "expression",
          "message",
          "messageExpression",
          "path",
          "expected",
          "expectedExpression",
          "actualExpression",
          "why",
          "next",
          "hint");
  private static final ImmutableSet<String> OBJECT =
      ImmutableSet.of("apiVersion", "kind", "namespace", "name");
  private static final ImmutableSet<String> VARIABLE = ImmutableSet.of("name", "expression");

  private final @Nullable ObjectReference object;
  private final Set<String> ids = new HashSet<>();

  private ChecksReader(@Nullable ObjectReference object) {
    this.object = object;
  }

  static CheckList read(Path path, String name) throws ExerciseFormatException {
    Fields file = Fields.read(path, name, FILE);
    ChecksReader reader = new ChecksReader(object(file, null));
    ImmutableList.Builder<Check> checks = ImmutableList.builder();
    for (Fields check : file.items("checks", CHECK)) {
      checks.add(reader.check(check));
    }
    if (reader.ids.isEmpty()) {
      throw file.problem("checks", "'checks' holds no check");
    }
    return new CheckList(file.duration("settle", SETTLE), variables(file), checks.build());
  }

  private static @Nullable ObjectReference object(
      Fields fields, @Nullable ObjectReference inherited) throws ExerciseFormatException {
    if (!fields.has("object")) {
      return inherited;
    }
    Optional<Fields> object = fields.child("object", OBJECT);
    return object.isEmpty()
        ? null
        : new ObjectReference(
            object.get().string("apiVersion"),
            object.get().string("kind"),
            object.get().stringOr("namespace", ""),
            object.get().string("name"));
  }

  private static ImmutableList<CheckList.Variable> variables(Fields fields)
      throws ExerciseFormatException {
    ImmutableList.Builder<CheckList.Variable> variables = ImmutableList.builder();
    for (Fields variable : fields.items("variables", VARIABLE)) {
      variables.add(
          new CheckList.Variable(
              variable.string("name"),
              variable
                  .expression("expression")
                  .orElseThrow(() -> variable.problem("name", "'expression' is missing"))));
    }
    return variables.build();
  }

  private Check check(Fields fields) throws ExerciseFormatException {
    String id = fields.string("id");
    if (id.equals(Check.ACCEPTED) || !id.matches("[a-z0-9][a-z0-9-]*")) {
      throw fields.problem("id", "'%s' cannot be the id of a check".formatted(id));
    }
    String after = fields.optionalString("after");
    if (after != null && !ids.contains(after)) {
      throw fields.problem("after", "no check before this one is called '%s'".formatted(after));
    }
    if (!ids.add(id)) {
      throw fields.problem("id", "two checks are called '%s'".formatted(id));
    }
    return new Check(
        id,
        fields.string("title"),
        fields.integer("points", 1),
        after,
        object(fields, object),
        variables(fields),
        test(fields, id),
        feedback(fields));
  }

  private static Check.Test test(Fields fields, String id) throws ExerciseFormatException {
    return new Check.Test.Condition(
        fields
            .expression("expression")
            .orElseThrow(() -> fields.problem("id", "check '%s' has no expression".formatted(id))));
  }

  private static Check.Feedback feedback(Fields fields) throws ExerciseFormatException {
    return new Check.Feedback(
        fields.string("message"),
        fields.expression("messageExpression"),
        path(fields),
        fields.optionalString("expected"),
        fields.expression("expectedExpression"),
        fields.expression("actualExpression"),
        fields.optionalString("why"),
        fields.optionalString("next"),
        fields.optionalString("hint"));
  }

  private static Optional<FieldSelector> path(Fields fields) throws ExerciseFormatException {
    String path = fields.optionalString("path");
    if (path == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(FieldSelector.parse(path));
    } catch (IllegalArgumentException e) {
      throw fields.problem("path", String.valueOf(e.getMessage()));
    }
  }
}
