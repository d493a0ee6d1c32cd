package dev.drydock.cluster.cri;

import java.time.Instant;
import java.util.Optional;

/// What a container had used when it was measured last.
///
/// @param stepNanos the time its programs had run, since the beginning
/// @param usage what it used before that; empty while too little time had passed
record Sample(Instant at, long stepNanos, Optional<Usage> usage) {}
