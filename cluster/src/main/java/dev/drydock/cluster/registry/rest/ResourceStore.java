package dev.drydock.cluster.registry.rest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.admission.AdmissionChain;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.admission.AdmissionRequest.Operation;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusException.GroupResourceName;
import dev.drydock.cluster.apimachinery.errors.StatusReason;
import dev.drydock.cluster.apimachinery.fields.FieldSelector;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.GeneratedNames;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.ObjectMetaValidation;
import dev.drydock.cluster.storage.ObjectKey;
import dev.drydock.cluster.storage.Store;
import dev.drydock.cluster.storage.StoredObject;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The verbs on one stored resource. Each either changes the transaction's store or throws and
/// changes nothing.
///
/// Models apiserver/pkg/registry/generic/registry.Store.
public final class ResourceStore {
  /// By how many bytes an object may grow in a full cluster: enough to mark it for deletion.
  private static final int SMALL_GROWTH = 512;

  private final ApiResource resource;
  private final String storageName;
  private final Strategy strategy;
  private final AdmissionChain admission;
  private final FieldManagers fieldManagers;
  private final Representation representation;
  private final ScalePaths scalePaths;

  /// @param storageName the resource its objects are stored under, which two groups may share
  public ResourceStore(
      ApiResource resource,
      String storageName,
      Strategy strategy,
      AdmissionChain admission,
      FieldManagers fieldManagers) {
    this(
        resource,
        storageName,
        strategy,
        admission,
        fieldManagers,
        Representation.builtIn(resource, storageName, Conversion.NONE),
        ScalePaths.BUILT_IN);
  }

  public ResourceStore(
      ApiResource resource,
      String storageName,
      Strategy strategy,
      AdmissionChain admission,
      FieldManagers fieldManagers,
      Representation representation,
      ScalePaths scalePaths) {
    this.resource = resource;
    this.storageName = storageName;
    this.strategy = strategy;
    this.admission = admission.of(resource.groupResource());
    this.fieldManagers = fieldManagers;
    this.representation = representation;
    this.scalePaths = scalePaths;
  }

  /// How its objects look to clients.
  public Representation representation() {
    return representation;
  }

  /// Where its objects say how many replicas they are to have.
  public ScalePaths scalePaths() {
    return scalePaths;
  }

  /// A stored object as clients see it.
  public JsonObject shown(JsonObject stored) {
    return representation.conversion().fromStored(stored);
  }

  public ApiResource resource() {
    return resource;
  }

  public Strategy strategy() {
    return strategy;
  }

  public FieldManagers fieldManagers() {
    return fieldManagers;
  }

  /// The resource in storage.
  public String storageName() {
    return storageName;
  }

  public ObjectKey key(String namespace, String name) {
    return new ObjectKey(storageName, namespace, name);
  }

  /// What error messages call an object of this resource.
  public GroupResourceName named(String name) {
    return new GroupResourceName(resource.groupVersion().group(), resource.plural(), name);
  }

  private GroupResourceName kindNamed(String name) {
    return new GroupResourceName(resource.groupVersion().group(), resource.kind(), name);
  }

  public Optional<StoredObject> find(StrategyContext context, String namespace, String name) {
    return context.transaction().store().get(key(namespace, name));
  }

  public StoredObject get(StrategyContext context, String namespace, String name) {
    return find(context, namespace, name).orElseThrow(() -> StatusException.notFound(named(name)));
  }

  /// The objects in a namespace (or in all, when it is empty) that the selectors match, in key
  /// order.
  public Stream<StoredObject> list(
      StrategyContext context, String namespace, Selector labels, FieldSelector fields) {
    return list(context.transaction().store(), namespace, labels, fields);
  }

  /// As {@link #list(StrategyContext, String, Selector, FieldSelector)}, of the objects of a store.
  public Stream<StoredObject> list(
      Store objects, String namespace, Selector labels, FieldSelector fields) {
    return objects
        .list(storageName, namespace)
        .filter(stored -> matches(stored.object(), labels, fields));
  }

  public boolean matches(JsonObject object, Selector labels, FieldSelector fields) {
    return (labels.isEverything() || labels.matches(ObjectMeta.labels(object)))
        && (fields.terms().isEmpty() || fields.matches(selectableFields(object)));
  }

  /// The fields of an object that field selectors may use.
  public ImmutableMap<String, String> selectableFields(JsonObject object) {
    ImmutableMap.Builder<String, String> fields = ImmutableMap.builder();
    fields.put("metadata.name", ObjectMeta.name(object));
    if (resource.namespaced()) {
      fields.put("metadata.namespace", ObjectMeta.namespace(object));
    }
    return fields.putAll(strategy.selectableFields(object)).build();
  }

  /// Stores a new object.
  ///
  /// @return the object as stored, or as it would be in a dry run
  public JsonObject create(
      StrategyContext context, String namespace, JsonObject body, WriteOptions options) {
    Store before = context.transaction().store();
    try {
      return admitNew(context, namespace, inNamespace(body, namespace), options);
    } catch (StatusException e) {
      context.transaction().replace(before);
      throw e;
    }
  }

  private JsonObject admitNew(
      StrategyContext context, String namespace, JsonObject body, WriteOptions options) {
    JsonObject object = body;
    if (!ObjectMeta.resourceVersion(object).isEmpty()) {
      throw StatusException.badRequest(
          "resourceVersion should not be set on objects to be created");
    }
    object = withGeneratedName(strategy.applyDefaults(object), context);
    object = fieldManagers.created(object, options, context.transaction().now());
    AdmissionRequest request =
        request(Operation.CREATE, "", namespace, ObjectMeta.name(object), null, context, options);
    object = admission.admit(object, request);
    object = strategy.prepareForCreate(withSystemFields(object, context), context);
    validateNew(object);
    object = strategy.canonicalize(object, context);
    admission.validate(object, request);
    String name = ObjectMeta.name(object);
    if (find(context, namespace, name).isPresent()) {
      throw StatusException.alreadyExists(named(name));
    }
    return options.dryRun() ? object : put(context, namespace, name, object);
  }

  private void validateNew(JsonObject object) {
    FieldErrors errors = new FieldErrors();
    ObjectMetaValidation.validate(object, resource.namespaced(), strategy::validateName, errors);
    strategy.validate(object, errors);
    refuseIfInvalid(ObjectMeta.name(object), errors);
  }

  private void refuseIfInvalid(String name, FieldErrors errors) {
    if (!errors.isEmpty()) {
      throw StatusException.invalid(kindNamed(name), errors.list());
    }
  }

  private JsonObject inNamespace(JsonObject object, String namespace) {
    String own = ObjectMeta.namespace(object);
    if (!resource.namespaced()) {
      return object;
    }
    if (own.isEmpty()) {
      return ObjectMeta.with(object, "namespace", Json.of(namespace));
    }
    if (!own.equals(namespace)) {
      throw StatusException.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    return object;
  }

  private static JsonObject withGeneratedName(JsonObject object, StrategyContext context) {
    String prefix = object.string("metadata", "generateName");
    if (!ObjectMeta.name(object).isEmpty() || prefix.isEmpty()) {
      return object;
    }
    return ObjectMeta.with(
        object, "name", Json.of(GeneratedNames.name(prefix, context.transaction().random())));
  }

  private static JsonObject withSystemFields(JsonObject object, StrategyContext context) {
    return ObjectMeta.change(
        object,
        metadata ->
            metadata.toBuilder()
                .remove("deletionTimestamp")
                .remove("deletionGracePeriodSeconds")
                .remove("selfLink")
                .put("uid", GeneratedNames.uid(context.transaction().random()))
                .put("creationTimestamp", Times.seconds(context.transaction().now()))
                .build());
  }

  private JsonObject put(
      StrategyContext context, String namespace, String name, JsonObject object) {
    ObjectKey key = key(namespace, name);
    Store before = context.transaction().store();
    Store after = before.put(key, object);
    if (after.bytes() > Store.BYTES_MAX && after.bytes() - before.bytes() > SMALL_GROWTH) {
      throw StatusException.of(StatusReason.UNKNOWN, "etcdserver: mvcc: database space exceeded");
    }
    context.transaction().replace(after);
    return after.get(key).orElseThrow().object();
  }

  /// Changes an object.
  ///
  /// @param subresource empty, or the part that alone may change, such as `status`
  /// @param change what the client wants the stored object to be
  /// @return the object as stored, or as it would be in a dry run
  public JsonObject update(
      StrategyContext context,
      String namespace,
      String name,
      String subresource,
      UnaryOperator<JsonObject> change,
      WriteOptions options) {
    Store before = context.transaction().store();
    try {
      return admitChange(context, namespace, name, subresource, change, options);
    } catch (StatusException e) {
      context.transaction().replace(before);
      throw e;
    }
  }

  private JsonObject admitChange(
      StrategyContext context,
      String namespace,
      String name,
      String subresource,
      UnaryOperator<JsonObject> change,
      WriteOptions options) {
    JsonObject old = get(context, namespace, name).object();
    JsonObject wanted = change.apply(old);
    checkIdentity(wanted, old, namespace, name);
    JsonObject object = strategy.applyDefaults(inNamespace(wanted, namespace));
    object = withSystemFieldsOf(object, old);
    object = fieldManagers.updated(object, old, options, subresource, context.transaction().now());
    object =
        switch (subresource) {
          case "status" -> strategy.prepareForStatusUpdate(object, old);
          case "binding", "finalize" -> object;
          default -> strategy.forSubresource(subresource).prepareForUpdate(object, old, context);
        };
    boolean scale = subresource.equals(Scales.SUBRESOURCE);
    AdmissionRequest request =
        request(
            Operation.UPDATE,
            subresource,
            namespace,
            name,
            scale ? Scales.of(old, scalePaths) : old,
            context,
            options);
    object =
        scale
            ? Scales.into(
                object, admission.admit(Scales.of(object, scalePaths), request), scalePaths)
            : admission.admit(object, request);
    validateChanged(object, old, subresource);
    admission.validate(scale ? Scales.of(object, scalePaths) : object, request);
    if (sameBut(object, old, "managedFields")) {
      return old;
    }
    if (options.dryRun()) {
      return object;
    }
    return finished(object)
        ? remove(context, namespace, name, object)
        : put(context, namespace, name, object);
  }

  private static boolean sameBut(JsonObject object, JsonObject old, String metadataField) {
    return ObjectMeta.without(object, metadataField).equals(ObjectMeta.without(old, metadataField));
  }

  private void validateChanged(JsonObject object, JsonObject old, String subresource) {
    FieldErrors errors = new FieldErrors();
    ObjectMetaValidation.validate(object, resource.namespaced(), _ -> ImmutableList.of(), errors);
    ObjectMetaValidation.validateUpdate(object, old, errors);
    switch (subresource) {
      case "status" -> strategy.validateStatusUpdate(object, old, errors);
      case "binding", "finalize" -> {}
      default -> strategy.forSubresource(subresource).validateUpdate(object, old, errors);
    }
    refuseIfInvalid(ObjectMeta.name(old), errors);
  }

  private void checkIdentity(JsonObject wanted, JsonObject old, String namespace, String name) {
    String wantedName = ObjectMeta.name(wanted);
    if (!wantedName.isEmpty() && !wantedName.equals(name)) {
      throw StatusException.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(wantedName, name));
    }
    String wantedNamespace = ObjectMeta.namespace(wanted);
    if (!wantedNamespace.isEmpty() && !wantedNamespace.equals(namespace)) {
      throw StatusException.badRequest(
          "the namespace of the object (%s) does not match the namespace on the URL (%s)"
              .formatted(wantedNamespace, namespace));
    }
    String wantedVersion = ObjectMeta.resourceVersion(wanted);
    if (!wantedVersion.isEmpty() && !wantedVersion.equals(ObjectMeta.resourceVersion(old))) {
      throw StatusException.conflict(
          named(name),
          "the object has been modified; please apply your changes to the latest version and try"
              + " again");
    }
    String wantedUid = ObjectMeta.uid(wanted);
    if (!wantedUid.isEmpty() && !wantedUid.equals(ObjectMeta.uid(old))) {
      throw uidConflict(name, wantedUid, old);
    }
  }

  private StatusException uidConflict(String name, String wanted, JsonObject old) {
    return StatusException.conflict(
        named(name),
        "Precondition failed: UID in precondition: %s, UID in object meta: %s"
            .formatted(wanted, ObjectMeta.uid(old)));
  }

  /// The object with what the server alone decides taken from the old one.
  private static JsonObject withSystemFieldsOf(JsonObject object, JsonObject old) {
    JsonObject before = old.object("metadata");
    return ObjectMeta.change(
        object,
        metadata -> {
          JsonObject.Builder kept = metadata.toBuilder();
          for (String field :
              new String[] {
                "name",
                "namespace",
                "uid",
                "creationTimestamp",
                "deletionTimestamp",
                "deletionGracePeriodSeconds",
                "generation",
                "resourceVersion"
              }) {
            Json value = before.get(field);
            if (value == null) {
              kept.remove(field);
            } else {
              kept.put(field, value);
            }
          }
          return kept.build();
        });
  }

  /// Whether an object that is being deleted has nothing left to wait for.
  private boolean finished(JsonObject object) {
    return ObjectMeta.isBeingDeleted(object)
        && object.integer(0, "metadata", "deletionGracePeriodSeconds") == 0
        && !strategy.awaitsFinalizers(object);
  }

  private JsonObject remove(
      StrategyContext context, String namespace, String name, JsonObject last) {
    put(context, namespace, name, last);
    context.transaction().replace(context.transaction().store().remove(key(namespace, name)));
    return last;
  }

  /// What became of an object that was to be deleted.
  ///
  /// @param gone whether it is removed; else it waits for its grace period or its finalizers
  public record Deletion(JsonObject object, boolean gone) {}

  /// Deletes an object, or begins to.
  ///
  /// @param options a `DeleteOptions` object, possibly empty
  public Deletion delete(
      StrategyContext context,
      String namespace,
      String name,
      JsonObject options,
      WriteOptions write) {
    JsonObject old = get(context, namespace, name).object();
    checkPreconditions(name, options.object("preconditions"), old);
    admission.validate(old, request(Operation.DELETE, "", namespace, name, old, context, write));
    JsonObject marked = Deletions.mark(old, options, strategy, context.transaction().now());
    boolean gone = finished(marked);
    if (write.dryRun()) {
      return new Deletion(marked, gone);
    }
    if (gone) {
      // The last state an observer sees is the one with the deletion's marks only if it had them
      // before.
      context.transaction().replace(context.transaction().store().remove(key(namespace, name)));
      return new Deletion(old, true);
    }
    JsonObject kept = marked.equals(old) ? old : put(context, namespace, name, marked);
    return new Deletion(kept, false);
  }

  private void checkPreconditions(String name, JsonObject preconditions, JsonObject old) {
    String uid = preconditions.string("uid");
    if (!uid.isEmpty() && !uid.equals(ObjectMeta.uid(old))) {
      throw uidConflict(name, uid, old);
    }
    String version = preconditions.string("resourceVersion");
    if (!version.isEmpty() && !version.equals(ObjectMeta.resourceVersion(old))) {
      throw StatusException.conflict(
          named(name),
          "Precondition failed: ResourceVersion in precondition: %s, ResourceVersion in object meta: %s"
              .formatted(version, ObjectMeta.resourceVersion(old)));
    }
  }

  /// Asks admission whether a client may connect to an object, as `exec` does.
  ///
  /// @param how the subresource of the connection, with its kind
  /// @param wanted the connection's options, as `PodExecOptions`
  public void admitConnection(
      StrategyContext context,
      String namespace,
      String name,
      ApiResource.Subresource how,
      JsonObject wanted) {
    AdmissionRequest request =
        new AdmissionRequest(
            Operation.CONNECT,
            how.kind(),
            resource.groupVersionResource(),
            how.name(),
            namespace,
            name,
            null,
            context.user(),
            false,
            context.transaction(),
            context.warnings());
    admission.validate(admission.admit(wanted, request), request);
  }

  private AdmissionRequest request(
      Operation operation,
      String subresource,
      String namespace,
      String name,
      @Nullable JsonObject old,
      StrategyContext context,
      WriteOptions options) {
    return new AdmissionRequest(
        operation,
        subresource.equals(Scales.SUBRESOURCE) ? Scales.KIND : resource.groupVersionKind(),
        resource.groupVersionResource(),
        subresource,
        namespace,
        name,
        old,
        context.user(),
        options.dryRun(),
        context.transaction(),
        context.warnings());
  }
}
