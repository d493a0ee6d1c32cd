package dev.drydock.cluster.os.shell;

/// A shell variable.
///
/// @param set false for one that was only exported or declared
record Variable(String value, boolean set, boolean exported, boolean readOnly) {
  static Variable of(String value) {
    return new Variable(value, true, false, false);
  }

  Variable withValue(String changed) {
    return new Variable(changed, true, exported, readOnly);
  }

  Variable export(boolean on) {
    return new Variable(value, set, on, readOnly);
  }

  Variable freeze() {
    return new Variable(value, set, exported, true);
  }
}
