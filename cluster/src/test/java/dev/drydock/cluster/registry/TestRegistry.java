package dev.drydock.cluster.registry;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.admission.AdmissionChain;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.YamlParser;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import dev.drydock.cluster.authentication.ClusterIdentity;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.registry.rest.FieldManagers;
import dev.drydock.cluster.registry.rest.ResourceStore;
import dev.drydock.cluster.registry.rest.StrategyContext;
import dev.drydock.cluster.registry.rest.WriteOptions;
import dev.drydock.cluster.storage.Store;
import dev.drydock.cluster.storage.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// A registry without admission and field management, to try the strategies in: manifests in,
/// objects or errors out.
public final class TestRegistry {
  /// As if applied: then nobody keeps account of managers.
  private static final WriteOptions OPTIONS = new WriteOptions(false, "test", true);

  private final StrategyContext context =
      new StrategyContext(
          new Transaction(
              Store.EMPTY,
              new ClusterIdentity(new byte[32], ""),
              Instant.parse("2026-01-01T00:00:00Z"),
              new SplittableRandom(1)),
          UserInfo.component("test"));

  /// The object of a manifest, without anything defaulted.
  public static JsonObject object(String manifest) {
    try {
      return without(YamlParser.parseAll(manifest).getFirst().object());
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /// Decoding drops nulls.
  private static JsonObject without(JsonObject object) {
    JsonObject.Builder kept = JsonObject.builder();
    object
        .fields()
        .forEach(
            (name, value) -> {
              if (!(value instanceof JsonNull)) {
                kept.put(name, without(value));
              }
            });
    return kept.build();
  }

  private static Json without(Json value) {
    return switch (value) {
      case JsonObject object -> without(object);
      case JsonArray array -> array.map(TestRegistry::without);
      default -> value;
    };
  }

  private static ResourceStore store(JsonObject object) {
    GroupVersion version = GroupVersion.parse(object.string("apiVersion"));
    ApiResource resource =
        Objects.requireNonNull(ResourceTable.builtIn().find(version.kind(object.string("kind"))));
    String group = version.group();
    String name = resource.plural() + (group.isEmpty() ? "" : "." + group);
    return new ResourceStore(
        resource,
        name,
        Strategies.of(name),
        new AdmissionChain(ImmutableList.of()),
        new FieldManagers(resource));
  }

  private static String namespace(JsonObject object) {
    String own = ObjectMeta.namespace(object);
    return !store(object).resource().namespaced() ? "" : own.isEmpty() ? "default" : own;
  }

  public JsonObject create(String manifest) {
    JsonObject object = object(manifest);
    return store(object).create(context, namespace(object), object, OPTIONS);
  }

  public JsonObject update(JsonObject object, UnaryOperator<JsonObject> change) {
    return update(object, "", change);
  }

  public JsonObject updateStatus(JsonObject object, String status) {
    return update(object, "status", old -> old.with("status", object(status)));
  }

  /// @param containers a YAML list
  public JsonObject updateEphemeralContainers(JsonObject pod, String containers) {
    return update(
        pod,
        "ephemeralcontainers",
        old ->
            old.withAt(object("list: " + containers).array("list"), "spec", "ephemeralContainers"));
  }

  public List<String> refusalOfEphemeralContainers(JsonObject pod, String containers) {
    return refusal(() -> updateEphemeralContainers(pod, containers));
  }

  private JsonObject update(
      JsonObject object, String subresource, UnaryOperator<JsonObject> change) {
    return store(object)
        .update(context, namespace(object), ObjectMeta.name(object), subresource, change, OPTIONS);
  }

  /// The object as the manifest would have it, with what the server decided kept.
  public JsonObject apply(JsonObject object, String manifest) {
    return update(
        object,
        old -> {
          JsonObject wanted = object(manifest);
          return wanted.with(
              "metadata",
              ObjectMeta.with(wanted, "resourceVersion", Json.of(ObjectMeta.resourceVersion(old)))
                  .object("metadata"));
        });
  }

  public ResourceStore.Deletion delete(JsonObject object, String options) {
    return store(object)
        .delete(context, namespace(object), ObjectMeta.name(object), object(options), OPTIONS);
  }

  public List<String> warnings(String manifest) {
    JsonObject object = object(manifest);
    ResourceStore store = store(object);
    return store.strategy().warnings(store.strategy().applyDefaults(object));
  }

  public JsonObject selectableFields(JsonObject object) {
    return JsonObject.ofStrings(store(object).selectableFields(object));
  }

  /// What the API server finds wrong with a manifest, as `path: message`.
  public List<String> refusalOf(String manifest) {
    return refusal(() -> create(manifest));
  }

  public List<String> refusalOf(JsonObject object, UnaryOperator<JsonObject> change) {
    return refusal(() -> update(object, change));
  }

  public List<String> refusalOfStatus(JsonObject object, String status) {
    return refusal(() -> updateStatus(object, status));
  }

  private static List<String> refusal(Supplier<JsonObject> write) {
    try {
      JsonObject _ = write.get();
      return List.of();
    } catch (StatusException e) {
      List<String> causes =
          e.status()
              .array("details", "causes")
              .objects()
              .map(cause -> cause.string("field") + ": " + cause.string("message"))
              .toList();
      return causes.isEmpty() ? List.of(e.text()) : causes;
    }
  }
}
