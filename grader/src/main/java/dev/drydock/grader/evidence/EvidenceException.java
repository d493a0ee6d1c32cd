package dev.drydock.grader.evidence;

/// The cluster did not give an answer it should have given. Never the learner's fault.
public final class EvidenceException extends RuntimeException {
  public EvidenceException(String message) {
    super(message);
  }
}
