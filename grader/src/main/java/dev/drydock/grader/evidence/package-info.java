/// What a check may look at: live objects, events, the audit log, commands and HTTP answers.
@NullMarked
package dev.drydock.grader.evidence;

import org.jspecify.annotations.NullMarked;
