package dev.drydock.cluster.os;

import org.jspecify.annotations.Nullable;

/// Finds programs and normalises paths.
public final class Paths {
  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private Paths() {}

  /// The path of an executable as execvp finds it.
  ///
  /// @throws OsException ENOENT, or EACCES if all that was found is not executable
  static String which(Vfs vfs, Process process, String name, @Nullable String path) {
    if (name.contains("/")) {
      requireExecutable(vfs, process, name);
      return name;
    }
    Errno worst = Errno.ENOENT;
    for (String directory : (path == null ? DEFAULT_PATH : path).split(":", -1)) {
      String candidate = (directory.isEmpty() ? "." : directory) + "/" + name;
      try {
        requireExecutable(vfs, process, candidate);
        return candidate;
      } catch (OsException e) {
        worst = e.errno() == Errno.EACCES ? Errno.EACCES : worst;
      }
    }
    throw new OsException(name.isEmpty() ? Errno.ENOENT : worst);
  }

  private static void requireExecutable(Vfs vfs, Process process, String path) {
    Vfs.Place place = vfs.existing(process, path, true);
    Inode inode = vfs.inode(process, place);
    if (!(inode instanceof Inode.Regular) || !inode.meta().allows(process.uid, process.gid, 1)) {
      throw new OsException(Errno.EACCES);
    }
  }

  /// The last part of a path, without slashes at its end.
  public static String baseName(String path) {
    String bare = strip(path);
    return bare.equals("/") ? "/" : bare.substring(bare.lastIndexOf('/') + 1);
  }

  public static String strip(String path) {
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  /// A path inside a directory.
  public static String join(String directory, String name) {
    return directory.endsWith("/") ? directory + name : directory + "/" + name;
  }
}
