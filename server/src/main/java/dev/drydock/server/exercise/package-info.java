/// Exercises as the pages show them: what they ask, and what checking a learner's cluster found.
@NullMarked
package dev.drydock.server.exercise;

import org.jspecify.annotations.NullMarked;
