package dev.drydock.cluster.embedded;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.AuditEvent;
import dev.drydock.cluster.Cluster;
import dev.drydock.cluster.apiserver.request.RequestInfo;
import dev.drydock.cluster.authentication.UserInfo;
import java.time.Instant;
import java.util.ArrayDeque;

/// The newest requests of outside clients. Thread-safe; belongs to the edge, not to the cluster's
/// value.
final class AuditLog {
  private final ArrayDeque<AuditEvent> events = new ArrayDeque<>();

  synchronized void record(
      Instant time, ApiRequest request, RequestInfo info, UserInfo user, int status) {
    if (events.size() == Cluster.AUDIT_EVENTS_MAX) {
      events.removeFirst();
    }
    events.addLast(
        new AuditEvent(
            time,
            user.name(),
            request.header("user-agent"),
            request.header("kubectl-command"),
            info.verb(),
            info.groupVersion().group(),
            info.groupVersion().version(),
            info.resource(),
            info.subresource(),
            info.namespace(),
            info.name(),
            request.target(),
            status));
  }

  synchronized ImmutableList<AuditEvent> events() {
    return ImmutableList.copyOf(events);
  }

  synchronized void clear() {
    events.clear();
  }
}
