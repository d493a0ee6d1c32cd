package dev.drydock.cluster.apimachinery.schema;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.schema.ApiResource.Subresource;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads the table of resources; its file says in its head how a line is written.
final class ResourceTableReader {
  private static final ImmutableList<String> SUBRESOURCE_VERBS =
      ImmutableList.of("get", "patch", "update");
  private static final Splitter WORDS = Splitter.on(' ');
  private static final Splitter COMMAS = Splitter.on(',');

  private ResourceTableReader() {}

  static ImmutableList<ApiResource> builtIn() {
    byte[] bytes = SchemaResource.bytes("resources-1.36.txt");
    return read(new String(bytes, StandardCharsets.UTF_8));
  }

  static ImmutableList<ApiResource> read(String text) {
    ImmutableList.Builder<ApiResource> resources = ImmutableList.builder();
    GroupVersion groupVersion = GroupVersion.CORE;
    for (String line : Splitter.on('\n').trimResults().omitEmptyStrings().split(text)) {
      if (line.startsWith("[")) {
        groupVersion = GroupVersion.parse(line.substring(1, line.length() - 1));
      } else if (!line.startsWith("#")) {
        resources.add(resource(groupVersion, WORDS.splitToList(line)));
      }
    }
    return resources.build();
  }

  private static ApiResource resource(GroupVersion groupVersion, List<String> words) {
    String kind = words.get(2);
    return new ApiResource(
        groupVersion,
        words.get(0),
        words.get(1).equals("-") ? "" : words.get(1),
        kind,
        words.get(3).equals("N"),
        words.get(4).equals("*") ? ApiResource.ALL_VERBS : list(words.get(4)),
        list(words.get(5)),
        list(words.get(6)),
        words.stream()
            .skip(7)
            .map(word -> subresource(groupVersion.kind(kind), word))
            .collect(ImmutableList.toImmutableList()));
  }

  private static Subresource subresource(GroupVersionKind parent, String word) {
    List<String> parts = Splitter.on(':').splitToList(word);
    String kind = parts.size() > 1 ? parts.get(1) : "";
    return new Subresource(
        parts.get(0),
        kind.isEmpty() ? parent : subresourceKind(parent, kind),
        parts.size() > 2 ? list(parts.get(2)) : SUBRESOURCE_VERBS);
  }

  private static GroupVersionKind subresourceKind(GroupVersionKind parent, String kind) {
    int slash = kind.lastIndexOf('/');
    return slash < 0
        ? parent.groupVersion().kind(kind)
        : GroupVersion.parse(kind.substring(0, slash)).kind(kind.substring(slash + 1));
  }

  private static ImmutableList<String> list(String word) {
    return word.equals("-") ? ImmutableList.of() : ImmutableList.copyOf(COMMAS.split(word));
  }
}
