package dev.drydock.grader.engine;

import com.google.common.collect.ImmutableList;
import dev.drydock.grader.ClusterFactory;
import dev.drydock.grader.exercise.Check;
import dev.drydock.grader.exercise.Exercise;
import dev.drydock.grader.exercise.ExerciseCatalog;
import dev.drydock.grader.exercise.ExerciseFormatException;
import dev.drydock.grader.exercise.ExerciseId;
import dev.drydock.grader.proof.Attempt;
import dev.drydock.grader.proof.AttemptReader;
import dev.drydock.grader.proof.Prover;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;

/// Builds the tree of proofs below the classes that a request selects, itself or by the id of
/// something in it.
final class Discovery {
  private Discovery() {}

  static TestDescriptor discover(EngineDiscoveryRequest request, UniqueId root, String name) {
    EngineDescriptor engine = new EngineDescriptor(root, name);
    Set<UniqueId> wanted = new LinkedHashSet<>();
    Set<Class<?>> classes = new LinkedHashSet<>();
    for (ClassSelector selector : request.getSelectorsByType(ClassSelector.class)) {
      classes.add(selector.getJavaClass());
      wanted.add(root.append("catalog", selector.getClassName()));
    }
    for (UniqueIdSelector selector : request.getSelectorsByType(UniqueIdSelector.class)) {
      classOf(selector.getUniqueId(), root).ifPresent(classes::add);
      wanted.add(selector.getUniqueId());
    }
    for (Class<?> testClass : classes) {
      AnnotationSupport.findAnnotation(testClass, ProvenExercises.class)
          .ifPresent(proven -> engine.addChild(catalog(root, testClass, proven)));
    }
    keepOnly(engine, wanted);
    return engine;
  }

  private static Optional<Class<?>> classOf(UniqueId id, UniqueId root) {
    if (!id.hasPrefix(root)) {
      return Optional.empty();
    }
    return id.getSegments().stream()
        .filter(segment -> segment.getType().equals("catalog"))
        .findFirst()
        .flatMap(segment -> ReflectionSupport.tryToLoadClass(segment.getValue()).toOptional());
  }

  /// Drops what was not asked for: neither wanted, nor within nor around something wanted.
  private static void keepOnly(TestDescriptor node, Set<UniqueId> wanted) {
    for (TestDescriptor child : Set.copyOf(node.getChildren())) {
      UniqueId id = child.getUniqueId();
      if (wanted.stream().anyMatch(id::hasPrefix)) {
        continue;
      }
      if (wanted.stream().anyMatch(each -> each.hasPrefix(id))) {
        keepOnly(child, wanted);
      } else {
        node.removeChild(child);
      }
    }
  }

  private static TestDescriptor catalog(UniqueId root, Class<?> testClass, ProvenExercises proven) {
    ClusterFactory clusters = ReflectionSupport.newInstance(proven.clusters());
    TestDescriptor descriptor = new ProofDescriptor.OfCatalog(root, testClass, clusters);
    Path folder = Path.of(System.getProperty("drydock.home", "."), proven.value());
    ExerciseCatalog catalog = new ExerciseCatalog(folder);
    for (ExerciseId id : catalog.ids()) {
      descriptor.addChild(exercise(descriptor.getUniqueId(), catalog, id));
    }
    return descriptor;
  }

  private static TestDescriptor exercise(UniqueId parent, ExerciseCatalog catalog, ExerciseId id) {
    try {
      Exercise exercise = catalog.find(id).orElseThrow();
      ImmutableList<Attempt> attempts = AttemptReader.read(exercise);
      TestDescriptor descriptor =
          new ProofDescriptor.OfExercise(parent, exercise, Prover.problems(exercise, attempts));
      for (Attempt attempt : attempts) {
        descriptor.addChild(attempt(descriptor.getUniqueId(), exercise, attempt));
      }
      return descriptor;
    } catch (ExerciseFormatException e) {
      return new ProofDescriptor.OfBrokenExercise(parent, id.value(), catalog.folder(id), e);
    }
  }

  private static TestDescriptor attempt(UniqueId parent, Exercise exercise, Attempt attempt) {
    TestDescriptor descriptor = new ProofDescriptor.OfAttempt(parent, attempt);
    UniqueId id = descriptor.getUniqueId();
    descriptor.addChild(
        new ProofDescriptor.OfCheck(
            id, Check.ACCEPTED, Check.ACCEPTED_TITLE, exercise.folder().resolve("checks.yaml")));
    for (Check check : exercise.checks().checks()) {
      descriptor.addChild(ProofDescriptor.OfCheck.of(id, check, exercise));
    }
    return descriptor;
  }
}
