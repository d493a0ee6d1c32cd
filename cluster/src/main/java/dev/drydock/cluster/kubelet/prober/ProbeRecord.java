package dev.drydock.cluster.kubelet.prober;

/// What the kubelet remembers of one probe of one running container.
///
/// @param result what the thresholds have made of the outcomes so far
/// @param successes in a row
/// @param failures in a row
/// @param channel what the probe under way waits for: `c` and a connection, `s` and an exec
///   session, or empty when none is under way
/// @param received what has come of an HTTP answer
public record ProbeRecord(
    Result result, int successes, int failures, String channel, String received) {

  /// What is known.
  public enum Result {
    UNKNOWN,
    SUCCESS,
    FAILURE
  }

  static final ProbeRecord NEW = new ProbeRecord(Result.UNKNOWN, 0, 0, "", "");

  boolean isUnderWay() {
    return !channel.isEmpty();
  }

  ProbeRecord waitingOn(String nextChannel) {
    return new ProbeRecord(result, successes, failures, nextChannel, "");
  }

  ProbeRecord withReceived(String more) {
    return new ProbeRecord(result, successes, failures, channel, received + more);
  }

  ProbeRecord succeeded(int threshold) {
    int inARow = successes + 1;
    return new ProbeRecord(inARow >= threshold ? Result.SUCCESS : result, inARow, 0, "", "");
  }

  ProbeRecord failed(int threshold) {
    int inARow = failures + 1;
    return new ProbeRecord(inARow >= threshold ? Result.FAILURE : result, 0, inARow, "", "");
  }
}
