package dev.drydock.cluster.admission;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.GroupVersionResource;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.storage.Transaction;
import org.jspecify.annotations.Nullable;

/// What is to be admitted. Models admission.Attributes.
///
/// @param old the object before an update or deletion, null for a creation
public record AdmissionRequest(
    Operation operation,
    GroupVersionResource resource,
    String subresource,
    String namespace,
    String name,
    @Nullable JsonObject old,
    UserInfo user,
    boolean dryRun,
    Transaction transaction) {

  /// What is to be done with the object.
  public enum Operation {
    CREATE,
    UPDATE,
    DELETE,
    CONNECT
  }

  /// Whether this creates an object of a resource (and not of a subresource).
  public boolean creates(String groupResource) {
    return operation == Operation.CREATE
        && subresource.isEmpty()
        && resource.groupResource().equals(groupResource);
  }
}
