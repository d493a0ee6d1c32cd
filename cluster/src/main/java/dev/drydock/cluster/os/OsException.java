package dev.drydock.cluster.os;

/// A system call that failed. Unchecked, since nearly every call can fail and programs handle it
/// where they would print it.
public final class OsException extends RuntimeException {
  private final Errno errno;

  public OsException(Errno errno) {
    super(errno.text(), null, false, false);
    this.errno = errno;
  }

  public Errno errno() {
    return errno;
  }

  /// The text of strerror.
  public String text() {
    return errno.text();
  }
}
