package dev.drydock.cluster.durability;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.cri.Disks;
import dev.drydock.cluster.os.ByteText;
import dev.drydock.cluster.os.Content;
import dev.drydock.cluster.os.FileSystem;
import dev.drydock.cluster.os.Inode;
import dev.drydock.cluster.os.Meta;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes what changed on disks. Of a file that grew or was overwritten, what is written begins
/// with its first piece that changed.
final class DiskWriter {
  /// How many bytes of a file one line holds.
  private static final int PIECE_MAX = 1 << 20;

  private final ChangeWriter out;
  private boolean wrote;

  DiskWriter(ChangeWriter out) {
    this.out = out;
  }

  /// @return whether there was anything to write
  boolean write(Disks before, Disks after) throws IOException {
    for (Disks.Node node : new TreeMap<>(after.nodes()).values()) {
      if (!node.equals(before.nodes().get(node.name()))) {
        line(node(node));
      }
    }
    for (var fs : new TreeMap<>(after.fileSystems()).entrySet()) {
      FileSystem old = before.fileSystems().get(fs.getKey());
      if (old != fs.getValue()) {
        fileSystem(fs.getKey(), old, fs.getValue());
      }
    }
    for (var volume : new TreeMap<>(after.volumes()).entrySet()) {
      if (!volume.getValue().equals(before.volumes().get(volume.getKey()))) {
        line(volume(volume.getKey(), volume.getValue()));
      }
    }
    gone("noNode", before.nodes(), after.nodes());
    gone("noVolume", before.volumes(), after.volumes());
    gone("noFileSystem", before.fileSystems(), after.fileSystems());
    return wrote;
  }

  private void gone(String what, Map<String, ?> before, Map<String, ?> after) throws IOException {
    for (String key : new TreeMap<>(before).keySet()) {
      if (!after.containsKey(key)) {
        line(JsonObject.of(what, Json.of(key)));
      }
    }
  }

  private void line(JsonObject line) throws IOException {
    wrote = true;
    out.line(line);
  }

  private static JsonObject node(Disks.Node node) {
    return JsonObject.builder()
        .put("node", node.name())
        .put("address", node.address())
        .put("podPrefix", node.podPrefix())
        .put("lastHost", node.lastHost())
        .put("images", JsonArray.copyOf(node.images().stream().sorted().map(Json::of).toList()))
        .build();
  }

  private static JsonObject volume(String id, Disks.Stored volume) {
    return JsonObject.builder()
        .put("volume", id)
        .put("fileSystem", volume.fileSystem())
        .put("root", volume.root())
        .put("own", volume.own())
        .put("source", volume.source())
        .build();
  }

  private void fileSystem(String key, @Nullable FileSystem before, FileSystem after)
      throws IOException {
    line(
        JsonObject.builder()
            .put("fileSystem", key)
            .put("next", after.nextInode())
            .put("used", after.usedBytes())
            .put("limit", after.limitBytes())
            .build());
    for (var entry : after.inodes().entrySet()) {
      Inode old = before == null ? null : before.inodes().get(entry.getKey());
      if (old != entry.getValue()) {
        inode(key, entry.getKey(), old, entry.getValue());
      }
    }
    if (before != null) {
      for (Integer number : before.inodes().keySet()) {
        if (!after.inodes().containsKey(number)) {
          line(JsonObject.builder().put("noInode", number).put("of", key).build());
        }
      }
    }
  }

  private void inode(String key, int number, @Nullable Inode before, Inode after)
      throws IOException {
    JsonObject.Builder line = JsonObject.builder().put("inode", number).put("of", key);
    line.put("meta", meta(after.meta()));
    switch (after) {
      case Inode.Directory(_, Map<String, Integer> entries, int parent) -> {
        JsonObject.Builder names = JsonObject.builder();
        entries.forEach((name, inode) -> names.put(name, inode));
        line(line.put("directory", names.build()).put("parent", parent).build());
      }
      case Inode.Symlink(_, String target) -> line(line.put("link", target).build());
      case Inode.Device(_, Inode.DeviceKind kind) -> line(line.put("device", kind.name()).build());
      case Inode.Synthetic(_, String name) -> line(line.put("synthetic", name).build());
      case Inode.Regular(_, Content content) -> {
        long kept = before instanceof Inode.Regular(_, Content old) ? content.sharedWith(old) : 0;
        line(line.put("keep", kept).build());
        content(key, number, content, kept);
      }
    }
  }

  private void content(String key, int number, Content content, long from) throws IOException {
    for (long at = from; at < content.size(); at += PIECE_MAX) {
      byte[] piece = ByteText.toBytes(content.read(at, PIECE_MAX));
      line(
          JsonObject.builder()
              .put("append", number)
              .put("of", key)
              .put("bytes", Base64.getEncoder().encodeToString(piece))
              .build());
    }
  }

  private static JsonArray meta(Meta meta) {
    return JsonArray.copyOf(
        List.of(
            Json.of(meta.mode()),
            Json.of(meta.uid()),
            Json.of(meta.gid()),
            Json.of(meta.modified().toString()),
            Json.of(meta.links())));
  }
}
