package dev.drydock.cluster.client;

import dev.drydock.cluster.apimachinery.json.JsonObject;

/// How an object is to be deleted; models `metav1.DeleteOptions`.
///
/// @param gracePeriodSeconds -1: the object's own
/// @param propagationPolicy `Background`, `Foreground`, `Orphan`, or empty for the resource's
///   default
/// @param uid only if the object has this uid; empty for any
public record DeleteOptions(long gracePeriodSeconds, String propagationPolicy, String uid) {
  public static final DeleteOptions BACKGROUND = new DeleteOptions(-1, "Background", "");
  public static final DeleteOptions NOW = new DeleteOptions(0, "", "");

  public DeleteOptions forUid(String uid) {
    return new DeleteOptions(gracePeriodSeconds, propagationPolicy, uid);
  }

  public JsonObject toJson() {
    JsonObject.Builder json =
        JsonObject.builder().put("kind", "DeleteOptions").put("apiVersion", "v1");
    if (gracePeriodSeconds >= 0) {
      json.put("gracePeriodSeconds", gracePeriodSeconds);
    }
    json.putUnlessEmpty("propagationPolicy", propagationPolicy);
    if (!uid.isEmpty()) {
      json.put("preconditions", JsonObject.builder().put("uid", uid).build());
    }
    return json.build();
  }
}
