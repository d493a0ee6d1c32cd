package dev.drydock.cluster.kubelet.prober;

import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;

/// The three probes a container may have.
public enum ProbeKind {
  STARTUP("startup", "Startup", "startupProbe"),
  LIVENESS("liveness", "Liveness", "livenessProbe"),
  READINESS("readiness", "Readiness", "readinessProbe");

  private final String word;
  private final String title;
  private final String field;

  ProbeKind(String word, String title, String field) {
    this.word = word;
    this.title = title;
    this.field = field;
  }

  /// As in "failed liveness probe".
  public String word() {
    return word;
  }

  /// As in "Liveness probe failed".
  String title() {
    return title;
  }

  JsonObject of(JsonObject container) {
    return container.object(field);
  }

  boolean isOn(JsonObject container) {
    return container.has(field);
  }

  /// How long a container that failed this probe has to end: the probe's own period, or the pod's.
  public long graceSeconds(JsonObject container, JsonObject pod) {
    return of(container).get("terminationGracePeriodSeconds") instanceof JsonNumber own
        ? own.longValue()
        : pod.integer(30, "spec", "terminationGracePeriodSeconds");
  }
}
