package dev.drydock.cluster.admission.plugin.podsecurity;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The version of the pod security standards: `v1.N`, or the latest.
record PolicyVersion(int minor) {
  static final PolicyVersion LATEST = new PolicyVersion(Integer.MAX_VALUE);

  private static final Pattern FORM = Pattern.compile("v1\\.(0|[1-9][0-9]{0,8})");

  static Optional<PolicyVersion> parse(String text) {
    if (text.equals("latest")) {
      return Optional.of(LATEST);
    }
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new PolicyVersion(Integer.parseInt(matcher.group(1))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return equals(LATEST) ? "latest" : "v1." + minor;
  }
}
