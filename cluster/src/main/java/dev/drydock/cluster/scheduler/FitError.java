package dev.drydock.cluster.scheduler;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.scheduler.framework.Status;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The text of FailedScheduling. Models framework.FitError.
public final class FitError {
  private FitError() {}

  /// Counts the reasons of the nodes.
  ///
  /// @param suffix what was tried besides; may be empty
  public static String message(int nodes, Collection<Status> statuses, String suffix) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Status status : statuses) {
      status.reasons().forEach(reason -> counts.merge(reason, 1, Integer::sum));
    }
    String reasons =
        counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .sorted()
            .collect(Collectors.joining(", "));
    return of(nodes, reasons, suffix);
  }

  /// Says why no node was looked at.
  static String rejected(int nodes, String reason, String suffix) {
    return of(nodes, reason, suffix);
  }

  private static String of(int nodes, String reasons, String suffix) {
    ImmutableList.Builder<String> parts = ImmutableList.builder();
    parts.add("0/%d nodes are available:".formatted(nodes));
    if (!reasons.isEmpty()) {
      parts.add(reasons + ".");
    }
    if (!suffix.isEmpty()) {
      parts.add(suffix);
    }
    return String.join(" ", parts.build());
  }
}
