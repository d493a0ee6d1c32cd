package dev.drydock.cluster.durability;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.cri.Disks;
import dev.drydock.cluster.os.ByteText;
import dev.drydock.cluster.os.Content;
import dev.drydock.cluster.os.FileSystem;
import dev.drydock.cluster.os.Inode;
import dev.drydock.cluster.os.Meta;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.IntTreePMap;
import org.pcollections.TreePMap;

/// Does again what {@link DiskWriter} wrote down.
final class DiskReplay {
  private final Map<String, Disks.Node> nodes = new HashMap<>();
  private final Map<String, Disks.Stored> volumes = new HashMap<>();
  private final Map<String, Files> fileSystems = new HashMap<>();

  /// A file system on its way.
  private static final class Files {
    private final Map<Integer, Inode> inodes = new TreeMap<>();
    private JsonObject counts = JsonObject.EMPTY;
  }

  /// @throws IllegalArgumentException when the line means nothing
  void change(JsonObject line) {
    String first = line.fields().keySet().stream().findFirst().orElse("");
    switch (first) {
      case "node" -> nodes.put(line.string("node"), node(line));
      case "noNode" -> nodes.remove(line.string("noNode"));
      case "volume" -> volumes.put(line.string("volume"), volume(line));
      case "noVolume" -> volumes.remove(line.string("noVolume"));
      case "fileSystem" ->
          fileSystems.computeIfAbsent(line.string("fileSystem"), _ -> new Files()).counts = line;
      case "noFileSystem" -> fileSystems.remove(line.string("noFileSystem"));
      case "inode" -> inode(files(line), integer(line, "inode"), line);
      case "noInode" -> files(line).inodes.remove(integer(line, "noInode"));
      case "append" -> append(files(line), integer(line, "append"), line.string("bytes"));
      default -> throw new IllegalArgumentException("no such change: " + first);
    }
  }

  private static int integer(JsonObject line, String... path) {
    return Math.toIntExact(line.integer(0, path));
  }

  private static Disks.Node node(JsonObject line) {
    return new Disks.Node(
        line.string("node"),
        line.string("address"),
        line.string("podPrefix"),
        integer(line, "lastHost"),
        HashTreePSet.from(line.array("images").strings().toList()));
  }

  private static Disks.Stored volume(JsonObject line) {
    return new Disks.Stored(
        line.string("fileSystem"), integer(line, "root"), line.bool("own"), line.string("source"));
  }

  private Files files(JsonObject line) {
    Files files = fileSystems.get(line.string("of"));
    if (files == null) {
      throw new IllegalArgumentException("no file system " + line.string("of"));
    }
    return files;
  }

  private static void inode(Files files, int number, JsonObject line) {
    Meta meta = meta(line.array("meta"));
    Inode old = files.inodes.get(number);
    Inode inode;
    if (line.has("directory")) {
      inode = new Inode.Directory(meta, entries(line.object("directory")), integer(line, "parent"));
    } else if (line.has("link")) {
      inode = new Inode.Symlink(meta, line.string("link"));
    } else if (line.has("device")) {
      inode = new Inode.Device(meta, Inode.DeviceKind.valueOf(line.string("device")));
    } else if (line.has("synthetic")) {
      inode = new Inode.Synthetic(meta, line.string("synthetic"));
    } else {
      Content content = old instanceof Inode.Regular(_, Content known) ? known : Content.EMPTY;
      inode = new Inode.Regular(meta, content.truncate(line.integer(0, "keep")));
    }
    files.inodes.put(number, inode);
  }

  private static TreePMap<String, Integer> entries(JsonObject names) {
    TreePMap<String, Integer> entries = TreePMap.empty();
    for (String name : names.fields().keySet()) {
      entries = entries.plus(name, integer(names, name));
    }
    return entries;
  }

  private static Meta meta(JsonArray meta) {
    if (meta.size() == 5
        && meta.get(0) instanceof JsonNumber mode
        && meta.get(1) instanceof JsonNumber uid
        && meta.get(2) instanceof JsonNumber gid
        && meta.get(3) instanceof JsonString(String modified)
        && meta.get(4) instanceof JsonNumber links) {
      return new Meta(
          (int) mode.longValue(),
          (int) uid.longValue(),
          (int) gid.longValue(),
          Instant.parse(modified),
          (int) links.longValue());
    }
    throw new IllegalArgumentException("no inode");
  }

  private static void append(Files files, int number, String bytes) {
    if (!(files.inodes.get(number) instanceof Inode.Regular(Meta meta, Content content))) {
      throw new IllegalArgumentException("no file " + number);
    }
    String piece = ByteText.ofBytes(Base64.getDecoder().decode(bytes));
    files.inodes.put(number, new Inode.Regular(meta, content.append(piece)));
  }

  Disks disks() {
    Map<String, FileSystem> systems = new HashMap<>();
    fileSystems.forEach((key, files) -> systems.put(key, fileSystem(files)));
    return new Disks(
        HashTreePMap.from(nodes), HashTreePMap.from(volumes), HashTreePMap.from(systems));
  }

  private static FileSystem fileSystem(Files files) {
    return new FileSystem(
        IntTreePMap.from(files.inodes),
        integer(files.counts, "next"),
        files.counts.integer(0, "used"),
        files.counts.integer(0, "limit"));
  }
}
