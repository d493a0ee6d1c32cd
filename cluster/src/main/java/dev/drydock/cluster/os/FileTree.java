package dev.drydock.cluster.os;

import dev.drydock.cluster.os.Inode.Directory;
import dev.drydock.cluster.os.Inode.Regular;
import dev.drydock.cluster.os.Inode.Symlink;
import java.time.Instant;
import java.util.Optional;

/// Edits a file system from outside, by paths that are not to lead through links: for building
/// images, volumes and the files the kubelet provides.
public final class FileTree {
  private FileSystem fs;
  private final Instant now;

  public FileTree(FileSystem fs, Instant now) {
    this.fs = fs;
    this.now = now;
  }

  public FileSystem fileSystem() {
    return fs;
  }

  private Meta meta(int mode, int links) {
    return new Meta(mode, 0, 0, now, links);
  }

  /// The inode of a path, or 0.
  public int lookup(String path) {
    int at = FileSystem.ROOT;
    for (String name : path.split("/")) {
      if (name.isEmpty()) {
        continue;
      }
      Integer next =
          fs.inode(at) instanceof Directory directory ? directory.entries().get(name) : null;
      if (next == null) {
        return 0;
      }
      at = next;
    }
    return at;
  }

  public boolean isDirectory(int inode) {
    return inode != 0 && fs.inode(inode) instanceof Directory;
  }

  public boolean isFile(int inode) {
    return inode != 0 && fs.inode(inode) instanceof Regular;
  }

  /// The content of a file; empty if there is none.
  public Optional<String> read(String path) {
    int inode = lookup(path);
    return inode != 0 && fs.inode(inode) instanceof Regular file
        ? Optional.of(file.content().all())
        : Optional.empty();
  }

  /// Makes a directory with those above it and answers its inode.
  public int directory(String path, int mode) {
    int at = FileSystem.ROOT;
    for (String name : path.split("/")) {
      if (name.isEmpty()) {
        continue;
      }
      Integer next = fs.directory(at).entries().get(name);
      if (next == null) {
        next = fs.next();
        fs = fs.add(at, name, Directory.empty(meta(mode, 2), at), now);
      }
      at = next;
    }
    return at;
  }

  private int parent(String path) {
    int slash = path.lastIndexOf('/');
    return directory(slash < 0 ? "" : path.substring(0, slash), 0755);
  }

  private void put(String path, Inode inode) {
    int parent = parent(path);
    remove(path);
    fs = fs.add(parent, path.substring(path.lastIndexOf('/') + 1), inode, now);
  }

  public FileTree file(String path, String bytes, int mode) {
    return file(path, Content.of(bytes), mode);
  }

  public FileTree file(String path, Content content, int mode) {
    put(path, new Regular(meta(mode, 1), content));
    return this;
  }

  /// A file that is not owned by root.
  public FileTree owned(String path, int uid, int gid) {
    int inode = lookup(path);
    Inode old = fs.inode(inode);
    fs = fs.replace(inode, old.with(old.meta().withOwner(uid, gid)));
    return this;
  }

  public FileTree link(String path, String target) {
    put(path, new Symlink(meta(0777, 1), target));
    return this;
  }

  public FileTree device(String path, Inode.DeviceKind kind) {
    put(path, new Inode.Device(meta(0666, 1), kind));
    return this;
  }

  /// Removes what is at the path, with all below it. Nothing happens if nothing is there.
  public void remove(String path) {
    int inode = lookup(path);
    if (inode == 0 || inode == FileSystem.ROOT) {
      return;
    }
    boolean directory = fs.inode(inode) instanceof Directory;
    fs = fs.unname(parent(path), path.substring(path.lastIndexOf('/') + 1), directory ? 1 : 0, now);
    drop(inode);
  }

  private void drop(int inode) {
    if (fs.inode(inode) instanceof Directory directory) {
      directory.entries().values().forEach(this::drop);
    } else if (fs.inode(inode).meta().links() > 1) {
      fs = fs.linked(inode, -1);
      return;
    }
    fs = fs.drop(inode);
  }

  /// The names in a directory.
  public Iterable<String> names(String path) {
    int inode = lookup(path);
    return isDirectory(inode) ? fs.directory(inode).entries().keySet() : java.util.List.of();
  }
}
