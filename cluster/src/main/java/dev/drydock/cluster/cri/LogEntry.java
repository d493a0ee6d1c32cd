package dev.drydock.cluster.cri;

import java.time.Instant;

/// One line, or part of a line, of a container's log. Models a line of the CRI's log format.
///
/// @param bytes without the newline; not to be changed
/// @param partial true (`P`) if the line goes on in the next entry of the same stream
public record LogEntry(Instant time, OutputStreamName stream, byte[] bytes, boolean partial) {}
