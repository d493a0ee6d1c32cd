package dev.drydock.cluster.apimachinery.cel;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A semantic version; build metadata is read and does not count. Models github.com/blang/semver.
record Semver(BigInteger major, BigInteger minor, BigInteger patch, String preRelease)
    implements Comparable<Semver> {
  private static final String NUMBER = "(0|[1-9][0-9]{0,18})";
  private static final Pattern FORM =
      Pattern.compile(
          NUMBER
              + "\\."
              + NUMBER
              + "\\."
              + NUMBER
              + "(?:-([0-9A-Za-z.-]{1,256}))?(?:\\+[0-9A-Za-z.-]{1,256})?");

  static boolean isValid(String text, boolean normalize) {
    return FORM.matcher(normalize ? normalized(text) : text).matches();
  }

  static Semver parse(String text, boolean normalize) {
    Matcher matcher = FORM.matcher(normalize ? normalized(text) : text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("semver parse error: " + text);
    }
    String preRelease = matcher.group(4);
    return new Semver(
        new BigInteger(matcher.group(1)),
        new BigInteger(matcher.group(2)),
        new BigInteger(matcher.group(3)),
        preRelease == null ? "" : preRelease);
  }

  /// Drops a leading `v` and leading zeros, and adds the numbers that are missing.
  private static String normalized(String text) {
    String rest = text.startsWith("v") ? text.substring(1) : text;
    int end = 0;
    while (end < rest.length() && rest.charAt(end) != '-' && rest.charAt(end) != '+') {
      end++;
    }
    String[] numbers = rest.substring(0, end).split("\\.", -1);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < Math.max(3, numbers.length); i++) {
      String number = i < numbers.length ? numbers[i].replaceFirst("^0+(?=[0-9])", "") : "0";
      all.append(i == 0 ? "" : ".").append(number);
    }
    return all + rest.substring(end);
  }

  @Override
  public int compareTo(Semver other) {
    int order = major.compareTo(other.major);
    order = order != 0 ? order : minor.compareTo(other.minor);
    order = order != 0 ? order : patch.compareTo(other.patch);
    return order != 0 ? order : comparePreRelease(preRelease, other.preRelease);
  }

  /// A version with a pre-release comes before the one without.
  private static int comparePreRelease(String left, String right) {
    if (left.isEmpty() || right.isEmpty()) {
      return Boolean.compare(left.isEmpty(), right.isEmpty());
    }
    String[] a = left.split("\\.", -1);
    String[] b = right.split("\\.", -1);
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      int order = compareParts(a[i], b[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.length, b.length);
  }

  private static int compareParts(String left, String right) {
    boolean numbers = left.matches("[0-9]+") && right.matches("[0-9]+");
    if (numbers) {
      return new BigInteger(left).compareTo(new BigInteger(right));
    }
    if (left.matches("[0-9]+") != right.matches("[0-9]+")) {
      return left.matches("[0-9]+") ? -1 : 1;
    }
    return left.compareTo(right);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch + (preRelease.isEmpty() ? "" : "-" + preRelease);
  }
}
