@NullMarked
package dev.drydock.grader;

import org.jspecify.annotations.NullMarked;
