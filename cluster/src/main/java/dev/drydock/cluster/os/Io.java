package dev.drydock.cluster.os;

/// The standard output and error of a program within one step, in order and in few pieces.
public final class Io {
  private final Sys sys;
  private final StringBuilder out = new StringBuilder();

  public Io(Sys sys) {
    this.sys = sys;
  }

  public Sys sys() {
    return sys;
  }

  public Io out(String bytes) {
    out.append(bytes);
    return this;
  }

  public Io line(String bytes) {
    out.append(bytes).append('\n');
    return this;
  }

  /// A line on standard error.
  public Io err(String message) {
    flush();
    write(2, message + "\n");
    return this;
  }

  public void flush() {
    if (!out.isEmpty()) {
      String bytes = out.toString();
      out.setLength(0);
      write(1, bytes);
    }
  }

  /// Bytes collected and not written yet.
  public int pending() {
    return out.length();
  }

  private void write(int fd, String bytes) {
    try {
      sys.charge(bytes.length() / 4096);
      sys.write(fd, bytes);
    } catch (OsException e) {
      if (e.errno() == Errno.ENOSPC && fd == 1) {
        failed = true;
      }
    }
  }

  private boolean failed;

  /// True if output was lost because there was no space for it.
  public boolean hasFailed() {
    return failed;
  }
}
