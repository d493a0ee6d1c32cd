/// The command line: `drydock serve`, `grade`, `exercise`, `cluster`, `doctor`, `test`.
@NullMarked
package dev.drydock.server.cli;

import org.jspecify.annotations.NullMarked;
