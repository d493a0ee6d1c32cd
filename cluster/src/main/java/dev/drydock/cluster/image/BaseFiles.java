package dev.drydock.cluster.image;

import dev.drydock.cluster.os.Content;
import dev.drydock.cluster.os.FileSystem;
import dev.drydock.cluster.os.FileTree;
import dev.drydock.cluster.os.Inode.DeviceKind;
import dev.drydock.cluster.os.Programs;
import dev.drydock.cluster.os.applets.BusyBox;
import java.time.Instant;
import java.util.List;

/// The file systems that images are built from.
final class BaseFiles {
  private static final Instant BUILT = Instant.parse("2024-09-26T21:31:42Z");
  private static final long BUSYBOX_BYTES = 1_119_536;

  private BaseFiles() {}

  /// Only what the runtime itself puts into a container.
  static FileTree empty() {
    var tree = new FileTree(FileSystem.empty(Long.MAX_VALUE, BUILT, 0755), BUILT);
    for (String directory : List.of("dev", "dev/shm", "dev/pts", "etc", "proc", "sys")) {
      int _ = tree.directory(directory, 0755);
    }
    tree.device("dev/null", DeviceKind.NULL);
    tree.device("dev/zero", DeviceKind.ZERO);
    tree.device("dev/full", DeviceKind.FULL);
    tree.device("dev/random", DeviceKind.RANDOM);
    tree.device("dev/urandom", DeviceKind.RANDOM);
    tree.device("dev/tty", DeviceKind.TTY);
    tree.link("dev/stdin", "/proc/self/fd/0");
    tree.link("dev/stdout", "/proc/self/fd/1");
    tree.link("dev/stderr", "/proc/self/fd/2");
    tree.link("dev/fd", "/proc/self/fd");
    tree.file("dev/termination-log", "", 0666);
    return tree;
  }

  /// busybox with all its links.
  static FileTree busybox() {
    FileTree tree = empty();
    for (String directory :
        List.of("bin", "home", "root", "usr/bin", "usr/sbin", "var/spool/mail", "var/www")) {
      int _ = tree.directory(directory, 0755);
    }
    int _ = tree.directory("tmp", 01777);
    Content program = Programs.executable(BusyBox.NAME, BUSYBOX_BYTES);
    tree.file("bin/busybox", program, 0755);
    for (String name : BusyBox.names()) {
      tree.link("bin/" + name, "/bin/busybox");
    }
    tree.link("usr/bin/env", "/bin/busybox");
    tree.link("lib64", "lib");
    int _ = tree.directory("lib", 0755);
    users(tree);
    return tree;
  }

  private static void users(FileTree tree) {
    tree.file(
        "etc/passwd",
        """
        root:x:0:0:root:/root:/bin/sh
        daemon:x:1:1:daemon:/usr/sbin:/bin/false
        bin:x:2:2:bin:/bin:/bin/false
        sys:x:3:3:sys:/dev:/bin/false
        mail:x:8:8:mail:/var/spool/mail:/bin/false
        www-data:x:33:33:www-data:/var/www:/bin/false
        nobody:x:65534:65534:nobody:/home:/bin/false
        """,
        0644);
    tree.file(
        "etc/group",
        """
        root:x:0:
        daemon:x:1:
        bin:x:2:
        sys:x:3:
        mail:x:8:
        www-data:x:33:
        nobody:x:65534:
        """,
        0644);
  }

  /// A distribution's files with busybox as its tools.
  static FileTree distribution(String id, String name, String version) {
    FileTree tree = busybox();
    tree.file(
        "etc/os-release",
        "NAME=\"%s\"\nID=%s\nVERSION_ID=%s\nPRETTY_NAME=\"%s %s\"\n"
            .formatted(name, id, version, name, version),
        0644);
    for (String directory : List.of("var/log", "var/run", "opt", "srv", "mnt", "run")) {
      int _ = tree.directory(directory, 0755);
    }
    return tree;
  }

  static FileTree edit(FileSystem files) {
    return new FileTree(files, BUILT);
  }

  static void program(FileTree tree, String path, String name, long size) {
    tree.file(path, Programs.executable(name, size), 0755);
  }
}
