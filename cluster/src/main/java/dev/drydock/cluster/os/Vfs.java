package dev.drydock.cluster.os;

import dev.drydock.cluster.os.Inode.Directory;
import dev.drydock.cluster.os.Inode.Regular;
import dev.drydock.cluster.os.Inode.Symlink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.pcollections.PMap;

/// The tree that a process sees: paths, mounts, links and permissions over the kernel's file
/// systems.
final class Vfs {
  private static final int LINKS_MAX = 40;
  private static final int NAME_MAX = 255;
  private static final int PATH_MAX = 4096;

  private final Kernel kernel;

  Vfs(Kernel kernel) {
    this.kernel = kernel;
  }

  /// Where a path leads.
  ///
  /// @param inode 0 if only the directory it would be in exists
  /// @param path absolute, without links
  record Place(Mount mount, int parent, String name, int inode, String path) {
    boolean exists() {
      return inode != 0;
    }
  }

  private record Step(Mount mount, int inode, String path) {}

  Place existing(Process process, String path, boolean follow) {
    Place place = resolve(process, path, follow);
    if (!place.exists()) {
      throw new OsException(Errno.ENOENT);
    }
    return place;
  }

  /// Walks a path; the last part may be missing, all before must be directories.
  Place resolve(Process process, String path, boolean follow) {
    if (path.isEmpty()) {
      throw new OsException(Errno.ENOENT);
    }
    if (path.length() > PATH_MAX) {
      throw new OsException(Errno.ENAMETOOLONG);
    }
    PMap<String, Mount> mounts = kernel.compartment(process.compartment).mounts();
    var rest = new ArrayDeque<String>();
    List<Step> stack = new ArrayList<>();
    Mount root = mount(mounts, "/");
    stack.add(new Step(root, root.root(), "/"));
    if (!path.startsWith("/")) {
      addParts(rest, process.directory);
    }
    addPartsLast(rest, path);
    boolean trailing = path.endsWith("/");
    int links = 0;
    while (!rest.isEmpty()) {
      String name = rest.removeFirst();
      Step here = stack.get(stack.size() - 1);
      if (name.equals(".")) {
        continue;
      }
      if (name.equals("..")) {
        if (stack.size() > 1) {
          stack.remove(stack.size() - 1);
        }
        continue;
      }
      if (name.length() > NAME_MAX) {
        throw new OsException(Errno.ENAMETOOLONG);
      }
      FileSystem fs = kernel.fileSystem(here.mount.fileSystem(), process);
      Directory directory = fs.directory(here.inode);
      if (!directory.meta().allows(process.uid, process.gid, 1)) {
        throw new OsException(Errno.EACCES);
      }
      String childPath = here.path.equals("/") ? "/" + name : here.path + "/" + name;
      Mount mounted = mounts.get(childPath);
      Integer child = directory.entries().get(name);
      if (mounted != null) {
        stack.add(new Step(mounted, mounted.root(), childPath));
      } else if (child == null) {
        if (rest.isEmpty()) {
          return new Place(here.mount, here.inode, name, 0, childPath);
        }
        throw new OsException(Errno.ENOENT);
      } else if (fs.inode(child) instanceof Symlink link
          && (follow || trailing || !rest.isEmpty())) {
        if (++links > LINKS_MAX) {
          throw new OsException(Errno.ELOOP);
        }
        if (link.target().startsWith("/")) {
          stack.subList(1, stack.size()).clear();
        }
        addParts(rest, link.target());
      } else {
        stack.add(new Step(here.mount, child, childPath));
      }
    }
    Step last = stack.get(stack.size() - 1);
    int slash = last.path.lastIndexOf('/');
    int parent =
        stack.size() > 1 && stack.get(stack.size() - 2).mount == last.mount
            ? stack.get(stack.size() - 2).inode
            : 0;
    Place place =
        new Place(last.mount, parent, last.path.substring(slash + 1), last.inode, last.path);
    if (trailing && !(inode(process, place) instanceof Directory)) {
      throw new OsException(Errno.ENOTDIR);
    }
    return place;
  }

  /// Puts the parts of a path before those already waiting.
  private static void addParts(ArrayDeque<String> rest, String path) {
    String[] parts = path.split("/");
    for (int i = parts.length - 1; i >= 0; i--) {
      if (!parts[i].isEmpty()) {
        rest.addFirst(parts[i]);
      }
    }
  }

  private static void addPartsLast(ArrayDeque<String> rest, String path) {
    for (String part : path.split("/")) {
      if (!part.isEmpty()) {
        rest.addLast(part);
      }
    }
  }

  private static Mount mount(PMap<String, Mount> mounts, String path) {
    Mount mount = mounts.get(path);
    if (mount == null) {
      throw new OsException(Errno.ENOENT);
    }
    return mount;
  }

  Inode inode(Process process, Place place) {
    return kernel.fileSystem(place.mount.fileSystem(), process).inode(place.inode);
  }

  /// The directory a new name would go into, if the process may write there.
  FileSystem writableParent(Process process, Place place) {
    requireWritable(place);
    if (place.parent == 0) {
      throw new OsException(Errno.EBUSY);
    }
    FileSystem fs = kernel.fileSystem(place.mount.fileSystem(), process);
    if (!fs.inode(place.parent).meta().allows(process.uid, process.gid, 3)) {
      throw new OsException(Errno.EACCES);
    }
    return fs;
  }

  static void requireWritable(Place place) {
    if (place.mount.readOnly()) {
      throw new OsException(Errno.EROFS);
    }
  }

  /// Adds something new and answers where it is.
  Place create(Process process, Place place, Inode inode) {
    if (place.exists()) {
      throw new OsException(Errno.EEXIST);
    }
    FileSystem fs = writableParent(process, place);
    int number = fs.next();
    kernel.put(place.mount.fileSystem(), fs.add(place.parent, place.name, inode, kernel.now()));
    return new Place(place.mount, place.parent, place.name, number, place.path);
  }

  Meta meta(Process process, int mode) {
    return new Meta(mode & ~process.umask, process.uid, process.gid, kernel.now(), 1);
  }

  void mkdir(Process process, String path, int mode) {
    Place place = resolve(process, path, false);
    Meta meta = meta(process, mode).withLinks(2);
    create(process, place, Directory.empty(meta, place.parent));
  }

  void unlink(Process process, String path) {
    Place place = existing(process, stripSlashes(path), false);
    FileSystem fs = writableParent(process, place);
    if (fs.inode(place.inode) instanceof Directory) {
      throw new OsException(Errno.EISDIR);
    }
    requireNoMount(process, place.path);
    FileSystem changed =
        fs.unname(place.parent, place.name, 0, kernel.now()).linked(place.inode, -1);
    kernel.put(place.mount.fileSystem(), changed);
    kernel.dropIfUnused(place.mount.fileSystem(), place.inode);
  }

  private void requireNoMount(Process process, String path) {
    PMap<String, Mount> mounts = kernel.compartment(process.compartment).mounts();
    if (mounts.keySet().stream().anyMatch(m -> m.equals(path) || m.startsWith(path + "/"))) {
      throw new OsException(Errno.EBUSY);
    }
  }

  void rmdir(Process process, String path) {
    Place place = existing(process, path, false);
    if (!(inode(process, place) instanceof Directory directory)) {
      throw new OsException(Errno.ENOTDIR);
    }
    requireNoMount(process, place.path);
    FileSystem fs = writableParent(process, place);
    if (!directory.entries().isEmpty()) {
      throw new OsException(Errno.ENOTEMPTY);
    }
    kernel.put(
        place.mount.fileSystem(),
        fs.unname(place.parent, place.name, 1, kernel.now()).drop(place.inode));
  }

  void rename(Process process, String from, String to) {
    Place source = existing(process, stripSlashes(from), false);
    Place target = resolve(process, stripSlashes(to), false);
    if (!source.mount.fileSystem().equals(target.mount.fileSystem())) {
      throw new OsException(Errno.EXDEV);
    }
    requireNoMount(process, source.path);
    writableParent(process, source);
    FileSystem fs = writableParent(process, target);
    if (source.inode == target.inode) {
      return;
    }
    boolean directory = fs.inode(source.inode) instanceof Directory;
    if (directory && (target.path + "/").startsWith(source.path + "/")) {
      throw new OsException(Errno.EINVAL);
    }
    if (target.exists()) {
      boolean onto = fs.inode(target.inode) instanceof Directory;
      if (onto && !directory) {
        throw new OsException(Errno.EISDIR);
      }
      if (directory && !onto) {
        throw new OsException(Errno.ENOTDIR);
      }
      if (onto) {
        rmdir(process, target.path);
      } else {
        unlink(process, target.path);
      }
      fs = kernel.fileSystem(target.mount.fileSystem(), process);
    }
    int directories = directory ? 1 : 0;
    fs = fs.unname(source.parent, source.name, directories, kernel.now());
    fs = fs.name(target.parent, target.name, source.inode, directories, kernel.now());
    if (fs.inode(source.inode) instanceof Directory moved) {
      fs = fs.replace(source.inode, new Directory(moved.meta(), moved.entries(), target.parent));
    }
    kernel.put(source.mount.fileSystem(), fs);
  }

  void link(Process process, String existing, String path) {
    Place source = existing(process, existing, false);
    Place target = resolve(process, path, false);
    if (target.exists()) {
      throw new OsException(Errno.EEXIST);
    }
    if (!source.mount.fileSystem().equals(target.mount.fileSystem())) {
      throw new OsException(Errno.EXDEV);
    }
    FileSystem fs = writableParent(process, target);
    if (fs.inode(source.inode) instanceof Directory) {
      throw new OsException(Errno.EPERM);
    }
    kernel.put(
        target.mount.fileSystem(),
        fs.name(target.parent, target.name, source.inode, 0, kernel.now()).linked(source.inode, 1));
  }

  /// Changes what an inode says about itself; only its owner and root may.
  void change(
      Process process, String path, boolean follow, java.util.function.UnaryOperator<Meta> edit) {
    Place place = existing(process, path, follow);
    requireWritable(place);
    FileSystem fs = kernel.fileSystem(place.mount.fileSystem(), process);
    Inode inode = fs.inode(place.inode);
    if (process.uid != 0 && process.uid != inode.meta().uid()) {
      throw new OsException(Errno.EPERM);
    }
    kernel.put(
        place.mount.fileSystem(), fs.replace(place.inode, inode.with(edit.apply(inode.meta()))));
  }

  void write(String fileSystem, int inode, Content content) {
    FileSystem fs = kernel.fileSystem(fileSystem);
    Inode file = fs.inode(inode);
    Meta meta = file.meta().withModified(kernel.now());
    kernel.put(fileSystem, fs.replace(inode, new Regular(meta, content)));
  }

  private static String stripSlashes(String path) {
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }
}
