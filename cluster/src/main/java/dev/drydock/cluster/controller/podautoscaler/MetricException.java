package dev.drydock.cluster.controller.podautoscaler;

/// A metric from which no size can be computed.
final class MetricException extends Exception {
  private final String reason;

  /// @param reason of the condition and the event: `FailedGetResourceMetric`
  MetricException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
