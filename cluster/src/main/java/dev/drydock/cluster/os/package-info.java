/// A POSIX-like kernel as a value: file systems, processes, descriptors, pipes, terminals, sockets
/// and signals. {@link dev.drydock.cluster.os.KernelState} is the value, {@link
/// dev.drydock.cluster.os.Kernel} edits it for the length of a step, and programs see it as {@link
/// dev.drydock.cluster.os.Sys}.
///
/// All text in here is bytes: a String holds one byte (0 to 255) in each char, so that any content
/// passes through unharmed and takes one byte of memory. {@link dev.drydock.cluster.os.ByteText}
/// converts at the edges.
@NullMarked
package dev.drydock.cluster.os;

import org.jspecify.annotations.NullMarked;
