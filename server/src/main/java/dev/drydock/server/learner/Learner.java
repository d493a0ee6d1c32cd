package dev.drydock.server.learner;

/// Somebody who learns. Progress, files, terminal and cluster hang from the id.
///
/// @param id lower-case letters and digits, unguessable; names a folder and a cluster
/// @param name as given when joining a class; empty for the one learner of a workbook on loopback
public record Learner(String id, String name) {
  /// The one learner of a workbook without a class.
  public static final String LOCAL = "local";

  public static final int NAME_LENGTH_MAX = 60;

  public Learner {
    if (!id.matches("[a-z0-9]{1,40}")) {
      throw new IllegalArgumentException("not a learner's id: " + id);
    }
  }
}
