package dev.drydock.cluster.client;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import java.util.List;
import java.util.Optional;

/// The Kubernetes API, called in process as one user. Requests pass the same chain (authorization,
/// admission, validation, storage) as those from outside. Reads see every change made so far.
///
/// A resource is named by plural and group, as `pods` or `deployments.apps`; its preferred version
/// is used. Every write throws {@link StatusException} when the API server refuses it.
public interface Client {

  Optional<JsonObject> get(String resource, String namespace, String name);

  /// All objects of a resource in a namespace, or in all of them when it is empty, in key order.
  List<JsonObject> list(String resource, String namespace);

  /// The pods assigned to a node, by namespace and name: the same list as long as none changes.
  List<JsonObject> podsOn(String node);

  /// The pods without a node to which this one is promised.
  List<JsonObject> podsPromised(String node);

  /// The objects of a namespace with this controller, by name; those without one when its uid is
  /// empty. Of pods, replica sets, controller revisions and jobs.
  List<JsonObject> controlled(String resource, String namespace, String uid);

  /// The resources that the server has now, those of custom resource definitions among them.
  ResourceTable resources();

  /// Those of the objects of a resource in one namespace whose names begin so, by name.
  List<JsonObject> listByPrefix(String resource, String namespace, String namePrefix);

  JsonObject create(String resource, JsonObject object) throws StatusException;

  /// Creates through a subresource, such as a pod's `binding`.
  JsonObject create(String resource, String name, String subresource, JsonObject object)
      throws StatusException;

  JsonObject update(String resource, JsonObject object) throws StatusException;

  JsonObject updateStatus(String resource, JsonObject object) throws StatusException;

  /// Writes how many replicas a workload is to have, through its `scale` subresource.
  void scale(String resource, String namespace, String name, long replicas) throws StatusException;

  /// What the pods of a namespace use, as `pods.metrics.k8s.io` answers; without those that have
  /// not been measured yet.
  List<JsonObject> podMetrics(String namespace);

  /// Writes the finalizers of a namespace's spec, through its `finalize` subresource.
  JsonObject finalizeNamespace(JsonObject namespace) throws StatusException;

  /// A token of a service account, through its `token` subresource.
  ///
  /// @param audience empty for the API server
  /// @param pod the pod it is bound to
  String createToken(
      String namespace,
      String serviceAccount,
      String audience,
      long expirationSeconds,
      Optional<JsonObject> pod)
      throws StatusException;

  /// Deletes an object if it is there.
  void delete(String resource, String namespace, String name, DeleteOptions options)
      throws StatusException;
}
