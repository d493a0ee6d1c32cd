package dev.drydock.cluster.printers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/// The columns of every kind, by resource. A resource without an entry shows name and age.
///
/// Models pkg/printers/internalversion/printers.go.
public final class Printers {
  private static final ImmutableList<Column> OTHERS =
      ImmutableList.of(
          Column.named(),
          Column.of(
              "Created At",
              Descriptions.CREATION_TIMESTAMP,
              (object, _) -> object.string("metadata", "creationTimestamp")));

  private static final ImmutableMap<String, ImmutableList<Column>> BY_RESOURCE =
      ImmutableMap.<String, ImmutableList<Column>>builder()
          .put("pods", PodColumns.COLUMNS)
          .putAll(CoreColumns.BY_RESOURCE)
          .putAll(WorkloadColumns.BY_RESOURCE)
          .putAll(StorageColumns.BY_RESOURCE)
          .putAll(MetricsColumns.BY_RESOURCE)
          .putAll(ExtensionColumns.BY_RESOURCE)
          .build();

  private Printers() {}

  /// @param groupResource as `pods` or `deployments.apps`
  public static ImmutableList<Column> columns(String groupResource) {
    return BY_RESOURCE.getOrDefault(groupResource, OTHERS);
  }
}
