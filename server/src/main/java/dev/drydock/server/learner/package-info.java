/// Learners and what hangs from them: the signed cookie, files, progress.
@NullMarked
package dev.drydock.server.learner;

import org.jspecify.annotations.NullMarked;
