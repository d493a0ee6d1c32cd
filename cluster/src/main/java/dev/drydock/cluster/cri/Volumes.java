package dev.drydock.cluster.cri;

import dev.drydock.cluster.os.ByteText;
import dev.drydock.cluster.os.FileSystem;
import dev.drydock.cluster.os.FileTree;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Volumes as parts of the kernel's file systems.
///
/// Models pkg/volume/{emptydir,hostpath} and pkg/volume/util/atomic_writer.go.
final class Volumes implements VolumeService {
  /// The keys of file systems begin with what they belong to.
  static final String NODE = "node:";

  static final String SHARED = "nfs:";
  static final String OWN = "volume:";

  private static final long EMPTY_BYTES_MAX = 128L << 20;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("'..'yyyy_MM_dd_HH_mm_ss.", Locale.ROOT);

  private final RuntimeWork work;

  Volumes(RuntimeWork work) {
    this.work = work;
  }

  static String nodeKey(String node) {
    return NODE + node;
  }

  private static String key(String volume) {
    return OWN + volume;
  }

  @Override
  public boolean exists(String volume) {
    return work.volumes.containsKey(volume);
  }

  @Override
  public void createEmpty(String volume) {
    if (!exists(volume)) {
      add(volume, FileSystem.empty(EMPTY_BYTES_MAX, work.now, 0777), "/dev/vda1", false);
    }
  }

  @Override
  public void createInMemory(String volume, long limitBytes) {
    if (!exists(volume)) {
      long limit = limitBytes == 0 ? EMPTY_BYTES_MAX : Math.min(limitBytes, EMPTY_BYTES_MAX);
      add(volume, FileSystem.empty(limit, work.now, 0777), Volume.TMPFS, true);
    }
  }

  @Override
  public void createShared(String volume, String server, String path) {
    if (exists(volume)) {
      return;
    }
    String key = SHARED + server;
    var tree = new FileTree(fileSystem(key), work.now);
    int inode = tree.directory(ByteText.ofText(path), 0777);
    work.kernel.mountFileSystem(key, tree.fileSystem());
    work.volumes =
        work.volumes.plus(
            volume, new Volume(key, inode, false, server + Volume.SHARE + path, false));
  }

  private void add(String volume, FileSystem fs, String source, boolean charged) {
    work.kernel.mountFileSystem(key(volume), fs);
    work.volumes =
        work.volumes.plus(volume, new Volume(key(volume), FileSystem.ROOT, true, source, charged));
  }

  @Override
  public void createHostPath(String volume, String node, String path, HostPathType type)
      throws CriException {
    if (exists(volume)) {
      return;
    }
    String key = nodeKey(work.node(node).name());
    var tree = new FileTree(fileSystem(key), work.now);
    int inode = tree.lookup(path);
    String wrong =
        switch (type) {
          case UNSET, DIRECTORY_OR_CREATE -> {
            if (inode == 0) {
              inode = tree.directory(path, 0755);
            }
            boolean fits = type == HostPathType.UNSET || tree.isDirectory(inode);
            yield fits ? "" : "is not a directory";
          }
          case FILE_OR_CREATE -> {
            if (inode == 0) {
              inode = tree.file(path, "", 0644).lookup(path);
            }
            yield tree.isFile(inode) ? "" : "is not a file";
          }
          case DIRECTORY -> tree.isDirectory(inode) ? "" : "is not a directory";
          case FILE -> tree.isFile(inode) ? "" : "is not a file";
          case SOCKET -> "is not a socket file";
          case CHAR_DEVICE -> "is not a character device";
          case BLOCK_DEVICE -> "is not a block device";
        };
    if (!wrong.isEmpty()) {
      throw new CriException("hostPath type check failed: " + path + " " + wrong);
    }
    work.kernel.mountFileSystem(key, tree.fileSystem());
    work.volumes = work.volumes.plus(volume, new Volume(key, inode, false, "/dev/vda1", false));
  }

  private FileSystem fileSystem(String key) {
    FileSystem fs = work.kernel.fileSystemOrNull(key);
    return fs == null ? FileSystem.empty(EMPTY_BYTES_MAX, work.now, 0755) : fs;
  }

  @Override
  public void setContents(String volume, Map<String, VolumeFile> files) {
    if (!exists(volume)) {
      add(volume, FileSystem.empty(EMPTY_BYTES_MAX, work.now, 0777), Volume.TMPFS, false);
    }
    String key = key(volume);
    var tree = new FileTree(fileSystem(key), work.now, work.kernel.mountedInodes(key));
    String old = current(tree);
    if (!old.isEmpty() && holds(tree, old, files)) {
      return;
    }
    String fresh = STAMP.format(work.now.atOffset(ZoneOffset.UTC)) + work.random.nextInt(1 << 30);
    int _ = tree.directory(fresh, 0755);
    Set<String> tops = new TreeSet<>();
    new TreeMap<>(files)
        .forEach(
            (path, file) -> {
              tree.file(
                  fresh + "/" + ByteText.ofText(path), ByteText.ofBytes(file.bytes()), file.mode());
              tops.add(ByteText.ofText(path.split("/")[0]));
            });
    tree.link("..data", fresh);
    for (String name :
        java.util.List.copyOf(
            java.util.stream.StreamSupport.stream(tree.names("/").spliterator(), false).toList())) {
      if (!name.startsWith("..") && !tops.contains(name)) {
        tree.remove(name);
      }
    }
    for (String name : tops) {
      if (tree.lookup(name) == 0) {
        tree.link(name, "..data/" + name);
      }
    }
    if (!old.isEmpty()) {
      tree.remove(old);
    }
    work.kernel.mountFileSystem(key, tree.fileSystem());
  }

  /// The directory that `..data` leads to, or empty.
  private static String current(FileTree tree) {
    for (String name : tree.names("/")) {
      if (name.startsWith("..") && !name.equals("..data")) {
        return name;
      }
    }
    return "";
  }

  private static boolean holds(FileTree tree, String directory, Map<String, VolumeFile> files) {
    int count = 0;
    for (Map.Entry<String, VolumeFile> file : files.entrySet()) {
      String text = tree.read(directory + "/" + ByteText.ofText(file.getKey())).orElse(null);
      if (text == null || !text.equals(ByteText.ofBytes(file.getValue().bytes()))) {
        return false;
      }
      count++;
    }
    return count == tree.countFiles(directory);
  }

  @Override
  public long usedBytes(String volume) {
    Volume found = work.volumes.get(volume);
    FileSystem fs = found == null ? null : work.kernel.fileSystemOrNull(found.fileSystem());
    return fs == null ? 0 : fs.usedBytes();
  }

  @Override
  public void remove(String volume) {
    Volume found = work.volumes.get(volume);
    if (found != null) {
      work.volumes = work.volumes.minus(volume);
      if (found.own()) {
        work.kernel.removeFileSystem(found.fileSystem(), 0);
      }
    }
  }
}
