package dev.drydock.grader.engine;

import dev.drydock.grader.ClusterFactory;
import dev.drydock.grader.EmbeddedClusters;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks an empty test class that stands for the proofs of all exercises in a folder, so that Maven
/// and IDEs run them like any test.
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ProvenExercises {
  /// The folder of the exercises, below the system property `drydock.home` (default: the working
  /// directory).
  String value() default "exercises";

  /// Where the attempts are graded; made by its constructor without parameters.
  Class<? extends ClusterFactory> clusters() default EmbeddedClusters.class;
}
