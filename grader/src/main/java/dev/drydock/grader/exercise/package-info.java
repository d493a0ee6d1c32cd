/// The exercise folder: its format, its reader and its catalog.
@NullMarked
package dev.drydock.grader.exercise;

import org.jspecify.annotations.NullMarked;
