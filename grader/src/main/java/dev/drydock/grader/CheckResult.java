package dev.drydock.grader;

/// A check and its verdict.
///
/// @param points what the check is worth
public record CheckResult(String id, String title, int points, Verdict verdict) {

  public int earned() {
    return passed() ? points : 0;
  }

  public boolean passed() {
    return verdict instanceof Verdict.Passed;
  }
}
