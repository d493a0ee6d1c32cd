package dev.drydock.cluster.os;

import org.pcollections.PMap;
import org.pcollections.TreePMap;

/// A file, directory, link or device, without its name.
public sealed interface Inode {
  Meta meta();

  Inode with(Meta meta);

  record Regular(Meta meta, Content content) implements Inode {
    @Override
    public Regular with(Meta changed) {
      return new Regular(changed, content);
    }
  }

  /// @param entries inode numbers by name, sorted
  record Directory(Meta meta, PMap<String, Integer> entries, int parent) implements Inode {
    static Directory empty(Meta meta, int parent) {
      return new Directory(meta, TreePMap.empty(), parent);
    }

    @Override
    public Directory with(Meta changed) {
      return new Directory(changed, entries, parent);
    }

    Directory with(PMap<String, Integer> changed) {
      return new Directory(meta, changed, parent);
    }
  }

  record Symlink(Meta meta, String target) implements Inode {
    @Override
    public Symlink with(Meta changed) {
      return new Symlink(changed, target);
    }
  }

  record Device(Meta meta, DeviceKind kind) implements Inode {
    @Override
    public Device with(Meta changed) {
      return new Device(changed, kind);
    }
  }

  /// A file whose content the kernel makes up when it is read (/proc).
  record Synthetic(Meta meta, String name) implements Inode {
    @Override
    public Synthetic with(Meta changed) {
      return new Synthetic(changed, name);
    }
  }

  enum DeviceKind {
    NULL,
    ZERO,
    FULL,
    RANDOM,
    TTY
  }
}
