package dev.drydock.grader.exercise;

import java.util.regex.Pattern;

/// The name of an exercise: its folder below `exercises/`, such as `pods/first-pod`.
public record ExerciseId(String value) implements Comparable<ExerciseId> {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*");

  /// @throws IllegalArgumentException with a sentence for a person
  public ExerciseId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "'%s' is not an exercise id: write chapter/name, such as pods/first-pod"
              .formatted(value));
    }
  }

  public static boolean isValid(String value) {
    return FORM.matcher(value).matches();
  }

  /// The first part, which is also the chapter's folder.
  public String chapter() {
    return value.substring(0, value.indexOf('/'));
  }

  public String name() {
    return value.substring(value.indexOf('/') + 1);
  }

  @Override
  public int compareTo(ExerciseId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
