package dev.drydock.grader;

import dev.drydock.grader.engine.ProvenExercises;

/// The proofs of all exercises on the embedded cluster.
@ProvenExercises
class ExercisesTest {}
