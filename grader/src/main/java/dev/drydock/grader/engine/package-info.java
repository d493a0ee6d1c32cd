/// The proofs as a JUnit Platform engine: an exercise is a container, a check is a test.
@NullMarked
package dev.drydock.grader.engine;

import org.jspecify.annotations.NullMarked;
