package dev.drydock.server.cli;

/// Something the user can put right: wrong usage, bad input, or something missing. It ends the
/// command with exit code 2.
final class UserProblem extends Exception {
  private final String next;

  /// @param message what is wrong, one sentence
  /// @param next what to do about it, one sentence
  UserProblem(String message, String next) {
    super(message);
    this.next = next;
  }

  String next() {
    return next;
  }
}
