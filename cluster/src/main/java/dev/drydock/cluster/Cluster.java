package dev.drydock.cluster;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.util.List;

/// A running Kubernetes cluster, whoever provides it: embedded in this JVM, kind in a container, or
/// an existing one. Safe for use by many threads.
public interface Cluster extends AutoCloseable {

  /// The cluster's name, as in the kubeconfig's context and the node's `<name>-control-plane`.
  String name();

  ImmutableSet<Capability> capabilities();

  /// Sends a request to the API server as the cluster's administrator and waits for the whole
  /// answer. Not for watches and other endless answers.
  ApiResponse request(ApiRequest request);

  /// Runs a command in a container, without stdin or terminal, and waits until it ends or the limit
  /// has passed on the cluster's clock; then the exit code is 124. An empty container name means
  /// the first.
  ///
  /// @throws ExecException in the API server's words, when the command cannot be started
  ExecResult exec(
      String namespace, String pod, String container, List<String> command, Duration limit)
      throws ExecException;

  /// Every API request of outside clients so far, oldest first; those of the cluster's own
  /// components are left out. Bounded: see {@link #AUDIT_EVENTS_MAX}.
  ImmutableList<AuditEvent> auditLog();

  /// How many audit events are kept; the oldest go first.
  int AUDIT_EVENTS_MAX = 10_000;

  /// Lets cluster time pass: jumps there on a virtual clock, waits on a real one.
  void advance(Duration duration);

  /// Back to the state of a new cluster; the audit log starts anew, credentials stay.
  void reset();

  @Override
  void close();

  /// A command in a container that could not be started.
  final class ExecException extends Exception {
    public ExecException(String message) {
      super(message);
    }
  }
}
