/// The proof of an exercise: its start fails, every solution passes, every mistake fails as meant.
@NullMarked
package dev.drydock.grader.proof;

import org.jspecify.annotations.NullMarked;
