/// A POSIX shell in the manner of busybox ash, whose continuation is data: {@link
/// dev.drydock.cluster.os.shell.Shell} is a stack of frames over the syntax tree, so it can be
/// stopped, copied and gone on with between any two steps.
@NullMarked
package dev.drydock.cluster.os.shell;

import org.jspecify.annotations.NullMarked;
