package dev.drydock.cluster.apimachinery.schema;

import com.google.common.collect.ImmutableList;

/// One field of an object type.
///
/// @param goType the name of the Go type where it is not that of `type`; else empty
/// @param pointer whether a scalar is a pointer in Go, so that a given zero value is kept
/// @param always whether Go writes the field even when it is zero
/// @param byValue whether a struct is there even when it is not given
/// @param omitZero whether a struct by value is left out when it is empty
/// @param patchStrategies `merge`, `replace`, `retainKeys`: how a strategic merge patch treats it
/// @param mergeKey the field by which such a patch finds a list's items; else empty
/// @param listType `atomic`, `set` or `map`; for a field that is no list, empty
/// @param listMapKeys the fields by which server-side apply finds the items of a `map`
/// @param mapType `atomic`, `granular` or empty
public record FieldSchema(
    String name,
    TypeSchema type,
    boolean required,
    String goType,
    boolean pointer,
    boolean always,
    boolean byValue,
    boolean omitZero,
    ImmutableList<String> patchStrategies,
    String mergeKey,
    String listType,
    ImmutableList<String> listMapKeys,
    String mapType) {

  /// The name of the Go type, as messages of decoding errors show it.
  public String goTypeName() {
    return goType.isEmpty() ? type.goName() : goType;
  }

  public boolean hasPatchStrategy(String strategy) {
    return patchStrategies.contains(strategy);
  }
}
