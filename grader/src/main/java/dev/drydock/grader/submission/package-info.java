/// What a learner hands in: files read within limits, every value with its line.
@NullMarked
package dev.drydock.grader.submission;

import org.jspecify.annotations.NullMarked;
