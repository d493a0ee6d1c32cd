package dev.drydock.cluster.admission;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusException.GroupResourceName;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.schema.GroupVersionKind;
import dev.drydock.cluster.apimachinery.schema.GroupVersionResource;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.storage.ObjectKey;
import dev.drydock.cluster.storage.StoredObject;
import dev.drydock.cluster.storage.Transaction;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is to be admitted. Models admission.Attributes.
///
/// @param kind of the object, which a subresource may have of its own
/// @param old the object before an update or deletion, null for a creation
/// @param warnings takes the texts of `Warning` headers
public record AdmissionRequest(
    Operation operation,
    GroupVersionKind kind,
    GroupVersionResource resource,
    String subresource,
    String namespace,
    String name,
    @Nullable JsonObject old,
    UserInfo user,
    boolean dryRun,
    Transaction transaction,
    Consumer<String> warnings) {

  /// What is to be done with the object.
  public enum Operation {
    CREATE,
    UPDATE,
    DELETE,
    CONNECT
  }

  /// Whether this creates an object of a resource (and not of a subresource).
  public boolean creates(String groupResource) {
    return creates() && resource.groupResource().equals(groupResource);
  }

  /// Whether this creates an object, and not a subresource.
  public boolean creates() {
    return operation == Operation.CREATE && subresource.isEmpty();
  }

  /// Whether this changes an object itself, and not a subresource.
  public boolean updates() {
    return operation == Operation.UPDATE && subresource.isEmpty();
  }

  /// An object as it is stored.
  ///
  /// @param storage the resource in storage, as `namespaces`
  public Optional<JsonObject> find(String storage, String inNamespace, String named) {
    return transaction
        .store()
        .get(new ObjectKey(storage, inNamespace, named))
        .map(StoredObject::object);
  }

  /// The stored objects of a resource in a namespace, or in all when it is empty.
  public Stream<JsonObject> list(String storage, String inNamespace) {
    return transaction.store().list(storage, inNamespace).map(StoredObject::object);
  }

  /// The refusal of this request. Models admission.NewForbidden.
  ///
  /// @param object the object as far as it is admitted, which may have the name
  public StatusException forbidden(JsonObject object, String why) {
    String own = name.isEmpty() ? ObjectMeta.name(object) : name;
    return StatusException.forbidden(
        new GroupResourceName(resource.group(), resource.resource(), own), why);
  }
}
