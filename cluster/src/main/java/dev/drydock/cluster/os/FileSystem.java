package dev.drydock.cluster.os;

import dev.drydock.cluster.os.Inode.Directory;
import dev.drydock.cluster.os.Inode.Regular;
import java.time.Instant;
import org.pcollections.IntTreePMap;

/// A file system as a value: inodes by number. A container's is its image's with what it wrote.
/// Nothing here follows links or checks permissions; that is for {@link Vfs}.
///
/// @param usedBytes what its files hold, with a fixed cost for each inode
/// @param limitBytes writes beyond fail with ENOSPC
public record FileSystem(
    IntTreePMap<Inode> inodes, int nextInode, long usedBytes, long limitBytes) {

  public static final int ROOT = 1;

  /// What an inode costs besides its content; bounds how many there can be.
  static final int INODE_BYTES = 256;

  /// Nothing but a root directory.
  public static FileSystem empty(long limitBytes, Instant now, int rootMode) {
    Meta meta = new Meta(rootMode, 0, 0, now, 2);
    return new FileSystem(
        IntTreePMap.<Inode>empty().plus(ROOT, Directory.empty(meta, ROOT)), 2, 0, limitBytes);
  }

  /// Shares everything, with room for so many more bytes.
  public FileSystem withRoom(long bytes) {
    return new FileSystem(inodes, nextInode, usedBytes, usedBytes + bytes);
  }

  public Inode inode(int number) {
    Inode inode = inodes.get(number);
    if (inode == null) {
      throw new OsException(Errno.ENOENT);
    }
    return inode;
  }

  Directory directory(int number) {
    return inode(number) instanceof Directory directory ? directory : notADirectory();
  }

  private static Directory notADirectory() {
    throw new OsException(Errno.ENOTDIR);
  }

  /// The number the next added inode gets.
  int next() {
    return nextInode;
  }

  FileSystem replace(int number, Inode inode) {
    long used = usedBytes - size(inode(number)) + size(inode);
    return checked(new FileSystem(inodes.plus(number, inode), nextInode, used, limitBytes));
  }

  private FileSystem checked(FileSystem changed) {
    if (changed.usedBytes > limitBytes && changed.usedBytes > usedBytes) {
      throw new OsException(Errno.ENOSPC);
    }
    return changed;
  }

  private static long size(Inode inode) {
    return INODE_BYTES + (inode instanceof Regular file ? file.content().size() : 0);
  }

  /// Adds a new inode under a name that is not taken.
  FileSystem add(int parent, String name, Inode inode, Instant now) {
    FileSystem grown =
        checked(
            new FileSystem(
                inodes.plus(nextInode, inode), nextInode + 1, usedBytes + size(inode), limitBytes));
    return grown.name(parent, name, nextInode, inode instanceof Directory ? 1 : 0, now);
  }

  /// Enters an existing inode into a directory; the link count of the inode is the caller's.
  FileSystem name(int parent, String name, int number, int directories, Instant now) {
    Directory directory = directory(parent);
    Meta meta = directory.meta();
    Directory changed =
        directory
            .with(directory.entries().plus(name, number))
            .with(meta.withModified(now).withLinks(meta.links() + directories));
    return replace(parent, changed);
  }

  /// Takes a name out of a directory; the inode stays.
  FileSystem unname(int parent, String name, int directories, Instant now) {
    Directory directory = directory(parent);
    Meta meta = directory.meta();
    Directory changed =
        directory
            .with(directory.entries().minus(name))
            .with(meta.withModified(now).withLinks(meta.links() - directories));
    return replace(parent, changed);
  }

  FileSystem linked(int number, int change) {
    Inode inode = inode(number);
    return replace(number, inode.with(inode.meta().withLinks(inode.meta().links() + change)));
  }

  /// Drops an inode that has no name left.
  FileSystem drop(int number) {
    Inode inode = inodes.get(number);
    return inode == null
        ? this
        : new FileSystem(inodes.minus(number), nextInode, usedBytes - size(inode), limitBytes);
  }
}
