package dev.drydock.cluster.apimachinery.json;

/// JSON's null. In a merge patch it means "remove"; in an object Kubernetes drops it.
public record JsonNull() implements Json {
  public static final JsonNull NULL = new JsonNull();
}
