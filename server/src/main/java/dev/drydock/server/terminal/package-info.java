/// Shells for learners: a real PTY in a sandbox, reachable again after a reload.
@NullMarked
package dev.drydock.server.terminal;

import org.jspecify.annotations.NullMarked;
