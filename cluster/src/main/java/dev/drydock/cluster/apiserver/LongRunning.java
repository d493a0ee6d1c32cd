package dev.drydock.cluster.apiserver;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.fields.FieldSelector;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.schema.ApiResource;

/// A request whose answer goes on for a while, already authorized and checked.
public sealed interface LongRunning {

  /// A watch.
  ///
  /// @param from the revision after which changes are told
  /// @param initial whether the objects that exist are told first, as ADDED
  /// @param bookmarkInitial whether a bookmark marks the end of those (WatchList)
  /// @param bookmarks whether bookmarks are sent now and then
  /// @param timeoutSeconds how long it lasts; 0: as long as the client stays
  record Watch(
      ApiResource resource,
      String namespace,
      Selector labels,
      FieldSelector fields,
      long from,
      boolean initial,
      boolean bookmarkInitial,
      boolean bookmarks,
      long timeoutSeconds,
      boolean table,
      String includeObject)
      implements LongRunning {}

  /// The log of a container.
  ///
  /// @param sinceSeconds -1: from the beginning
  /// @param tailLines -1: all
  /// @param limitBytes -1: no limit
  record Logs(
      String containerId,
      boolean follow,
      boolean timestamps,
      long sinceSeconds,
      String sinceTime,
      long tailLines,
      long limitBytes)
      implements LongRunning {}

  /// A command in a container, or (attach) its main process.
  ///
  /// @param command empty: attach
  record Exec(
      String containerId,
      ImmutableList<String> command,
      boolean stdin,
      boolean stdout,
      boolean stderr,
      boolean tty)
      implements LongRunning {}

  /// Connections to ports of a pod, by its address.
  record PortForward(String podIp) implements LongRunning {}

  /// A request passed on to a pod, service or node.
  ///
  /// @param path what the target is asked for, with its query
  record Proxy(String host, int port, String path) implements LongRunning {}
}
