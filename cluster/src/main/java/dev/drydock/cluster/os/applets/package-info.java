/// The programs of busybox and a few of their kind, each a machine over the kernel's system calls,
/// with busybox's output formats and messages.
@NullMarked
package dev.drydock.cluster.os.applets;

import org.jspecify.annotations.NullMarked;
