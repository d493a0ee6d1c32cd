package dev.drydock.cluster.kubelet;

import java.util.Collection;
import org.pcollections.HashTreePMap;
import org.pcollections.OrderedPSet;
import org.pcollections.PMap;

/// What the kubelet remembers of one pod of its node.
///
/// @param sandboxId empty before there is one
/// @param ip of the sandbox
/// @param volumesReady whether all its volumes are mounted
/// @param volumes the names of its volumes
/// @param removed whether its sandbox and volumes are gone for good
/// @param containers by name, init containers included
/// @param failure why the kubelet ended it
public record PodRecord(
    String namespace,
    String name,
    String uid,
    String sandboxId,
    String ip,
    boolean volumesReady,
    OrderedPSet<String> volumes,
    boolean removed,
    PMap<String, ContainerRecord> containers,
    Failure failure) {

  /// Why the kubelet itself put an end to a pod, as its status says it.
  ///
  /// @param reason empty while it has not
  /// @param evicted whether it was for the good of the node
  public record Failure(String reason, String message, boolean evicted) {
    static final Failure NONE = new Failure("", "", false);

    public boolean isPresent() {
      return !reason.isEmpty();
    }
  }

  static PodRecord of(String namespace, String name, String uid) {
    return new PodRecord(
        namespace,
        name,
        uid,
        "",
        "",
        false,
        OrderedPSet.empty(),
        false,
        HashTreePMap.empty(),
        Failure.NONE);
  }

  public PodRecord failing(Failure why) {
    return new PodRecord(
        namespace, name, uid, sandboxId, ip, volumesReady, volumes, removed, containers, why);
  }

  /// What the runtime calls one of its volumes.
  public String volumeId(String volume) {
    return uid + "/" + volume;
  }

  public ContainerRecord container(String container) {
    return containers.getOrDefault(container, ContainerRecord.NEW);
  }

  public PodRecord with(String container, ContainerRecord record) {
    return new PodRecord(
        namespace,
        name,
        uid,
        sandboxId,
        ip,
        volumesReady,
        volumes,
        removed,
        containers.plus(container, record),
        failure);
  }

  PodRecord withSandbox(String id, String address) {
    return new PodRecord(
        namespace, name, uid, id, address, volumesReady, volumes, removed, containers, failure);
  }

  PodRecord withVolumes(Collection<String> names) {
    return new PodRecord(
        namespace,
        name,
        uid,
        sandboxId,
        ip,
        true,
        OrderedPSet.from(names),
        removed,
        containers,
        failure);
  }

  /// The volumes are to be filled anew.
  PodRecord withStaleVolumes() {
    return new PodRecord(
        namespace, name, uid, sandboxId, ip, false, volumes, removed, containers, failure);
  }

  PodRecord withEverythingRemoved() {
    return new PodRecord(
        namespace, name, uid, sandboxId, ip, false, volumes, true, containers, failure);
  }
}
