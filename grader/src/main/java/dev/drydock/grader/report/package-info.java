/// Reports of grading: for a person, as JSON, and as JUnit XML.
@NullMarked
package dev.drydock.grader.report;

import org.jspecify.annotations.NullMarked;
