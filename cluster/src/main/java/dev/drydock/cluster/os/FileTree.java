package dev.drydock.cluster.os;

import dev.drydock.cluster.os.Inode.Directory;
import dev.drydock.cluster.os.Inode.Regular;
import dev.drydock.cluster.os.Inode.Symlink;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Edits a file system from outside, by paths that are not to lead through links: for building
/// images, volumes and the files the kubelet provides.
public final class FileTree {
  private FileSystem fs;
  private final Instant now;
  private final Set<Integer> keep;

  public FileTree(FileSystem fs, Instant now) {
    this(fs, now, Set.of());
  }

  /// @param keep inodes that stay when their last name goes, because something still shows them
  public FileTree(FileSystem fs, Instant now, Set<Integer> keep) {
    this.fs = fs;
    this.now = now;
    this.keep = keep;
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
    return directoryBelow(FileSystem.ROOT, path, mode);
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
    if (!keep.contains(inode)) {
      fs = fs.drop(inode);
    }
  }

  /// The names in a directory.
  public Iterable<String> names(String path) {
    int inode = lookup(path);
    return isDirectory(inode) ? fs.directory(inode).entries().keySet() : java.util.List.of();
  }

  /// How many files there are in a directory and below.
  public int countFiles(String path) {
    return count(lookup(path));
  }

  private int count(int inode) {
    return inode != 0 && fs.inode(inode) instanceof Directory directory
        ? directory.entries().values().stream().mapToInt(this::count).sum()
        : inode == 0 ? 0 : 1;
  }

  /// The inode of a path below another, links inside the tree followed; 0 if there is none.
  public int resolve(int root, String path) {
    int at = root;
    var rest = new java.util.ArrayDeque<>(java.util.List.of(path.split("/")));
    int directory = root;
    for (int steps = 0; !rest.isEmpty() && steps < 100; steps++) {
      String name = rest.removeFirst();
      if (name.isEmpty()) {
        continue;
      }
      Integer next = fs.inode(at) instanceof Directory d ? d.entries().get(name) : null;
      if (next == null) {
        return 0;
      }
      directory = at;
      at = next;
      if (fs.inode(at) instanceof Symlink(_, String target)) {
        java.util.List.of(target.split("/")).reversed().forEach(rest::addFirst);
        at = target.startsWith("/") ? root : directory;
      }
    }
    return rest.isEmpty() ? at : 0;
  }

  /// Makes a directory below another inode.
  public int directoryBelow(int root, String path, int mode) {
    int at = root;
    for (String name : path.split("/")) {
      if (!name.isEmpty()) {
        Integer next = fs.directory(at).entries().get(name);
        if (next == null) {
          next = fs.next();
          fs = fs.add(at, name, Directory.empty(meta(mode, 2), at), now);
        }
        at = next;
      }
    }
    return at;
  }
}
