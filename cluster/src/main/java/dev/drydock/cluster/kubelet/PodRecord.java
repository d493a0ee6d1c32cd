package dev.drydock.cluster.kubelet;

import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// What the kubelet remembers of one pod of its node.
///
/// @param sandboxId empty before there is one
/// @param ip of the sandbox
/// @param volumesReady whether all its volumes are mounted
/// @param removed whether its sandbox and volumes are gone for good
/// @param containers by name, init containers included
public record PodRecord(
    String namespace,
    String name,
    String uid,
    String sandboxId,
    String ip,
    boolean volumesReady,
    boolean removed,
    PMap<String, ContainerRecord> containers) {

  static PodRecord of(String namespace, String name, String uid) {
    return new PodRecord(namespace, name, uid, "", "", false, false, HashTreePMap.empty());
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
        removed,
        containers.plus(container, record));
  }

  PodRecord withSandbox(String id, String address) {
    return new PodRecord(namespace, name, uid, id, address, volumesReady, removed, containers);
  }

  PodRecord withVolumesReady() {
    return new PodRecord(namespace, name, uid, sandboxId, ip, true, removed, containers);
  }

  PodRecord withEverythingRemoved() {
    return new PodRecord(namespace, name, uid, sandboxId, ip, false, true, containers);
  }
}
