package dev.drydock.cluster.os;

/// Why a system call failed, with the text of glibc's strerror.
public enum Errno {
  EPERM("Operation not permitted"),
  ENOENT("No such file or directory"),
  ESRCH("No such process"),
  E2BIG("Argument list too long"),
  ENOEXEC("Exec format error"),
  EBADF("Bad file descriptor"),
  ECHILD("No child processes"),
  EAGAIN("Resource temporarily unavailable"),
  ENOMEM("Cannot allocate memory"),
  EACCES("Permission denied"),
  EBUSY("Device or resource busy"),
  EEXIST("File exists"),
  EXDEV("Invalid cross-device link"),
  ENOTDIR("Not a directory"),
  EISDIR("Is a directory"),
  EINVAL("Invalid argument"),
  EMFILE("Too many open files"),
  EFBIG("File too large"),
  ENOSPC("No space left on device"),
  EROFS("Read-only file system"),
  EPIPE("Broken pipe"),
  ENAMETOOLONG("File name too long"),
  ENOTEMPTY("Directory not empty"),
  ELOOP("Too many levels of symbolic links"),
  ENOTCONN("Transport endpoint is not connected"),
  EADDRINUSE("Address already in use"),
  EHOSTUNREACH("No route to host"),
  ECONNREFUSED("Connection refused"),
  ETIMEDOUT("Connection timed out");

  private final String text;

  Errno(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
