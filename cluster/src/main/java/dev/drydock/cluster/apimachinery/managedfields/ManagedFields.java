package dev.drydock.cluster.apimachinery.managedfields;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.managedfields.FieldWalks.Comparison;
import dev.drydock.cluster.apimachinery.managedfields.Managers.Entry;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.schema.EmptyObjects;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps `metadata.managedFields`: tells for every write which manager has which fields, and
/// applies configurations (server-side apply).
///
/// All versions of a kind are taken as one. Models apimachinery/pkg/util/managedfields and
/// structured-merge-diff's merge.Updater.
public final class ManagedFields {
  /// The manager of what was there before the first apply, where nobody kept account.
  private static final String BEFORE_FIRST_APPLY = "before-first-apply";

  private static final String KUBECTL = "kubectl";

  /// Fields that the server sets and nobody manages.
  private static final FieldSet UNMANAGED = unmanaged();

  /// One write.
  ///
  /// @param manager the field manager that the request names, or the start of its user agent
  /// @param apiVersion the version of the request
  /// @param time now, in RFC 3339 with whole seconds
  /// @param subresource empty for the object itself
  /// @param resetFields the paths that the endpoint puts back, such as `status` for the object
  ///   itself and `spec` for its status; below `metadata` they are written `metadata.labels`
  public record Change(
      String manager,
      String apiVersion,
      String time,
      String subresource,
      ImmutableList<String> resetFields) {}

  /// What comes of applying: an object, conflicts, or a refusal.
  public sealed interface ApplyResult {
    /// The live object with what was applied, and its managers.
    record Applied(JsonObject object) implements ApplyResult {}

    /// Nothing was changed.
    record Conflicts(ImmutableList<Conflict> conflicts) implements ApplyResult {
      public String message() {
        return Conflict.message(conflicts);
      }
    }

    /// A configuration that cannot be merged; upstream answers 500 with this message after `failed
    /// to create typed patch object (namespace/name; apps/v1, Kind=Deployment): `.
    record Invalid(String message) implements ApplyResult {}
  }

  private final Shape shape;
  private final Change change;
  private final FieldSet ignored;

  private ManagedFields(@Nullable ObjectType type, Change change) {
    this.shape = Shape.of(type);
    this.change = change;
    FieldSet.Builder reset = new FieldSet.Builder();
    for (String path : change.resetFields()) {
      reset.add(
          com.google.common.base.Splitter.on('.')
              .splitToStream(path)
              .map(FieldSet::field)
              .toList());
    }
    this.ignored = reset.build();
  }

  /// The object after a create, update or patch, with its managers.
  ///
  /// @param type the type of the object; null for a custom resource
  /// @param before the object as it was; null for one that is created
  public static JsonObject update(
      @Nullable ObjectType type, @Nullable JsonObject before, JsonObject after, Change change) {
    return new ManagedFields(type, change).update(type, before, after);
  }

  private JsonObject update(
      @Nullable ObjectType type, @Nullable JsonObject before, JsonObject after) {
    Managers managers = isReset(after) ? new Managers() : Managers.of(after);
    if (managers.isEmpty() && !isReset(after)) {
      managers = Managers.of(before);
    }
    if (managers.isEmpty() && before != null && !ObjectMeta.uid(before).isEmpty()) {
      // Nobody has been tracked since the managers were forgotten; applying begins it again.
      return managers.writeTo(after);
    }
    JsonObject old = before == null ? empty(type, after) : before;
    takeChanged(managers, old, after);
    managers.cap();
    return managers.writeTo(after);
  }

  /// An empty list, or one with an entry that says nothing, forgets all managers.
  private static boolean isReset(JsonObject object) {
    return object.at("metadata", "managedFields") instanceof JsonArray entries
        && (entries.isEmpty() || entries.size() == 1 && entries.get(0).equals(JsonObject.EMPTY));
  }

  private static JsonObject empty(@Nullable ObjectType type, JsonObject like) {
    return type == null ? JsonObject.EMPTY : EmptyObjects.of(type);
  }

  private void takeChanged(Managers managers, JsonObject old, JsonObject after) {
    Comparison comparison = FieldWalks.compare(shape, withoutManagers(old), withoutManagers(after));
    if (comparison.isSame()) {
      return;
    }
    FieldSet gone = comparison.changed().union(comparison.removed());
    managers.changeAll(fields -> fields.difference(gone));
    FieldSet taken = comparison.changed().difference(UNMANAGED);
    if (!taken.isEmpty()) {
      Manager manager = Manager.of(change, false);
      managers.put(
          manager,
          new Entry(managers.fields(manager).union(taken), change.apiVersion(), change.time()));
    }
  }

  private static JsonObject withoutManagers(JsonObject object) {
    return object.at("metadata", "managedFields") == null
        ? object
        : object.withObject("metadata", metadata -> metadata.without("managedFields"));
  }

  /// Applies a configuration to a live object.
  ///
  /// @param live null for an object that applying creates
  /// @param applied what the request says, as it says it: checked, but without defaults
  public static ApplyResult apply(
      @Nullable ObjectType type,
      @Nullable JsonObject live,
      JsonObject applied,
      boolean force,
      Change change) {
    ManagedFields run = new ManagedFields(type, change);
    String problems = AppliedCheck.problems(run.shape, applied);
    if (!problems.isEmpty()) {
      return new ApplyResult.Invalid(problems);
    }
    JsonObject old = live == null ? empty(type, applied) : live;
    ApplyResult result = run.apply(type, old, live, applied, force);
    return result instanceof ApplyResult.Conflicts(ImmutableList<Conflict> conflicts)
            && change.manager().equals(KUBECTL)
            && live != null
            && new LastApplied(run.shape, live).allows(conflicts)
        ? run.apply(type, old, live, applied, true)
        : result;
  }

  private ApplyResult apply(
      @Nullable ObjectType type,
      JsonObject old,
      @Nullable JsonObject live,
      JsonObject applied,
      boolean force) {
    Managers managers = managersBefore(type, live);
    Manager manager = Manager.of(change, true);
    FieldSet last = managers.fields(manager);
    JsonObject before = withoutManagers(old);
    Json merged = ApplyMerge.merge(shape, before, withoutManagers(applied));
    FieldSet set =
        FieldWalks.fields(shape, applied).recursiveDifference(ignored).difference(UNMANAGED);
    Entry former = managers.entries().get(manager);
    managers.put(manager, new Entry(set, change.apiVersion(), change.time()));
    Json pruned = prune(merged, managers, last);
    Comparison comparison = FieldWalks.compare(shape, before, pruned).without(ignored);
    ImmutableList<Conflict> conflicts = conflicts(managers, manager, comparison);
    if (!conflicts.isEmpty() && !force) {
      return new ApplyResult.Conflicts(conflicts);
    }
    takeFromOthers(managers, manager, comparison);
    if (comparison.isSame() && former != null && former.fields().equals(set)) {
      managers.put(manager, former);
    }
    JsonObject object = pruned instanceof JsonObject result ? result : JsonObject.EMPTY;
    return new ApplyResult.Applied(
        managers.writeTo(
            change.manager().equals(KUBECTL) ? LastApplied.renewed(object, applied) : object));
  }

  private Managers managersBefore(@Nullable ObjectType type, @Nullable JsonObject live) {
    Managers managers = Managers.of(live);
    if (live != null && managers.isEmpty()) {
      Change first =
          new Change(
              BEFORE_FIRST_APPLY,
              change.apiVersion(),
              change.time(),
              change.subresource(),
              ImmutableList.of());
      new ManagedFields(type, first).takeChanged(managers, empty(type, live), live);
    }
    return managers;
  }

  /// Removes what the manager applied last and now does not, unless others have it.
  private Json prune(Json merged, Managers managers, FieldSet last) {
    if (last.isEmpty()) {
      return merged;
    }
    FieldSet all = FieldSet.EMPTY;
    for (Entry entry : managers.entries().values()) {
      all = all.union(entry.fields());
    }
    FieldSet lastNamed = named(last);
    FieldSet mergedSet = named(FieldWalks.fields(shape, merged));
    Json pruned = without(merged, lastNamed);
    FieldSet prunedSet = named(FieldWalks.fields(shape, pruned));
    Json kept = without(merged, mergedSet.difference(prunedSet).difference(named(all)));
    FieldSet keptSet = named(FieldWalks.fields(shape, kept));
    return without(merged, mergedSet.difference(keptSet).intersection(lastNamed));
  }

  private FieldSet named(FieldSet set) {
    return ApplyMerge.withNamedFields(shape, set);
  }

  private Json without(Json value, FieldSet fields) {
    Json rest = ApplyMerge.without(shape, value, fields);
    return rest == null ? JsonObject.EMPTY : rest;
  }

  private static ImmutableList<Conflict> conflicts(
      Managers managers, Manager applier, Comparison comparison) {
    FieldSet changed = comparison.changed();
    List<Conflict> conflicts = new ArrayList<>();
    for (Map.Entry<Manager, Entry> other : managers.entries().entrySet()) {
      if (!other.getKey().equals(applier)) {
        String name = other.getKey().toString();
        other
            .getValue()
            .fields()
            .intersection(changed)
            .forEach((path, _) -> conflicts.add(new Conflict(name, Conflict.path(path))));
      }
    }
    return ImmutableList.copyOf(conflicts);
  }

  private static void takeFromOthers(Managers managers, Manager applier, Comparison comparison) {
    FieldSet gone = comparison.modified().union(comparison.added()).union(comparison.removed());
    Entry own = managers.entries().get(applier);
    managers.changeAll(fields -> fields.difference(gone));
    if (own != null) {
      managers.put(applier, own);
    }
  }

  private static FieldSet unmanaged() {
    FieldSet.Builder paths = new FieldSet.Builder();
    paths.add(List.of(FieldSet.field("apiVersion")));
    paths.add(List.of(FieldSet.field("kind")));
    paths.add(List.of(FieldSet.field("metadata")));
    for (String name :
        List.of(
            "name",
            "namespace",
            "creationTimestamp",
            "selfLink",
            "uid",
            "clusterName",
            "generation",
            "managedFields",
            "resourceVersion")) {
      paths.add(List.of(FieldSet.field("metadata"), FieldSet.field(name)));
    }
    return paths.build();
  }
}
