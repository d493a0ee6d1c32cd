package dev.drydock.cluster.os;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a blocked process waits for; any of these wakes it.
///
/// @param readable descriptors, any of which having bytes, a connection or an end wakes it
/// @param deadline the latest moment, or null
/// @param child true if the end of a child wakes it
public record Wait(ImmutableList<Integer> readable, @Nullable Instant deadline, boolean child) {

  public static Wait readable(Integer... descriptors) {
    return new Wait(ImmutableList.copyOf(descriptors), null, false);
  }

  public static Wait until(Instant deadline) {
    return new Wait(ImmutableList.of(), deadline, false);
  }

  /// Until a child ends.
  public static Wait forChild() {
    return new Wait(ImmutableList.of(), null, true);
  }

  /// Until a signal comes.
  public static Wait forever() {
    return new Wait(ImmutableList.of(), null, false);
  }

  public Wait orAt(@Nullable Instant time) {
    return new Wait(readable, time, child);
  }

  public Wait orReadable(int descriptor) {
    var all = ImmutableList.<Integer>builder().addAll(readable).add(descriptor).build();
    return new Wait(all, deadline, child);
  }
}
