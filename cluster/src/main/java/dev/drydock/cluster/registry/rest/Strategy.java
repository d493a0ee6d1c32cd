package dev.drydock.cluster.registry.rest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.Names;
import java.util.Optional;
import java.util.OptionalLong;

/// The rules of one kind. What is not overridden is what most kinds do: status belongs to the
/// status subresource, the generation counts changes of the spec, names are DNS subdomains.
///
/// Models rest.RESTCreateStrategy, RESTUpdateStrategy and RESTDeleteStrategy.
public interface Strategy {

  /// The rules of updates through a subresource that changes a part of the object, other than its
  /// status.
  default Strategy forSubresource(String subresource) {
    return this;
  }

  /// Fills in what the request left out. Must be idempotent.
  default JsonObject applyDefaults(JsonObject object) {
    return object;
  }

  /// Clears what a client may not set and sets what the server decides.
  default JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    JsonObject prepared = hasStatus() ? object.without("status") : object;
    return hasGeneration() ? ObjectMeta.with(prepared, "generation", Json.of(1)) : prepared;
  }

  default void validate(JsonObject object, FieldErrors errors) {}

  /// Sets or normalises what only makes sense of valid objects.
  default JsonObject canonicalize(JsonObject object, StrategyContext context) {
    return object;
  }

  /// The warning that goes with every answer, where the version is deprecated.
  default Optional<String> deprecation() {
    return Optional.empty();
  }

  /// What the client is told of a new object beside the answer.
  default ImmutableList<String> warnings(JsonObject object) {
    return ImmutableList.of();
  }

  /// What the client is told of a changed object.
  default ImmutableList<String> warningsOnUpdate(JsonObject object, JsonObject old) {
    return warnings(object);
  }

  default JsonObject prepareForUpdate(JsonObject object, JsonObject old) {
    JsonObject prepared = hasStatus() ? withFieldOf(object, old, "status") : object;
    return hasGeneration() ? withNextGeneration(prepared, old) : prepared;
  }

  /// As {@link #prepareForUpdate(JsonObject, JsonObject)}, for a kind whose objects take something
  /// that others must not have, such as an address.
  default JsonObject prepareForUpdate(JsonObject object, JsonObject old, StrategyContext context) {
    return prepareForUpdate(object, old);
  }

  default void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    validate(object, errors);
  }

  /// An update of the status subresource changes nothing but the status (and what metadata may).
  default JsonObject prepareForStatusUpdate(JsonObject object, JsonObject old) {
    JsonObject.Builder prepared = old.toBuilder();
    prepared.put("metadata", object.object("metadata"));
    Json status = object.get("status");
    return (status == null ? prepared.remove("status") : prepared.put("status", status)).build();
  }

  default void validateStatusUpdate(JsonObject object, JsonObject old, FieldErrors errors) {}

  /// How long a graceful deletion takes for this object; empty when it is deleted at once.
  ///
  /// @param requestedSeconds what the request asked for, -1 for nothing
  default OptionalLong gracePeriodSeconds(JsonObject object, long requestedSeconds) {
    return OptionalLong.empty();
  }

  /// Whether something must still be done before the object may go.
  default boolean awaitsFinalizers(JsonObject object) {
    return !ObjectMeta.finalizers(object).isEmpty();
  }

  /// What changes in an object when its deletion begins, beyond its metadata.
  default JsonObject beginDeletion(JsonObject object) {
    return object;
  }

  /// What is wrong with a name; empty when nothing is.
  default ImmutableList<String> validateName(String name) {
    return Names.dns1123Subdomain(name);
  }

  /// The fields that field selectors may use, beyond metadata.name and metadata.namespace.
  default ImmutableMap<String, String> selectableFields(JsonObject object) {
    return ImmutableMap.of();
  }

  /// Whether clients may not write the status but through its subresource.
  default boolean hasStatus() {
    return true;
  }

  default boolean hasGeneration() {
    return false;
  }

  /// Whether a PUT may create the object.
  default boolean allowCreateOnUpdate() {
    return false;
  }

  /// Dependents are orphaned unless the request says otherwise.
  default boolean orphansByDefault() {
    return false;
  }

  /// The object with a field as another has it, absent included.
  static JsonObject withFieldOf(JsonObject object, JsonObject other, String field) {
    Json value = other.get(field);
    return value == null ? object.without(field) : object.with(field, value);
  }

  /// The object whose generation is one more than the old one's if anything but metadata and status
  /// differs.
  static JsonObject withNextGeneration(JsonObject object, JsonObject old) {
    boolean changed = !content(object).equals(content(old));
    long generation = old.integer(1, "metadata", "generation") + (changed ? 1 : 0);
    return ObjectMeta.with(object, "generation", Json.of(generation));
  }

  private static JsonObject content(JsonObject object) {
    return object.without("metadata").without("status");
  }
}
