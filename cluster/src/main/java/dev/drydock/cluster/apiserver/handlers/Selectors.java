package dev.drydock.cluster.apiserver.handlers;

import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.fields.FieldSelector;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.labels.SelectorParser;
import dev.drydock.cluster.apimachinery.labels.SelectorParser.SelectorException;
import dev.drydock.cluster.apimachinery.schema.Schemas;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apiserver.request.Query;
import dev.drydock.cluster.registry.rest.ResourceStore;
import java.util.Set;

/// Reads the selectors of a list or watch, refusing what the resource does not support.
public record Selectors(Selector labels, FieldSelector fields) {
  private static final ImmutableSet<String> OWN_LABELS =
      ImmutableSet.of(
          "pods",
          "nodes",
          "replicationcontrollers",
          "events",
          "events.events.k8s.io",
          "namespaces",
          "secrets",
          "services",
          "certificatesigningrequests.certificates.k8s.io");

  public static Selectors of(Query query, ResourceStore store) {
    return new Selectors(labels(query), fields(query, store));
  }

  private static Selector labels(Query query) {
    try {
      return SelectorParser.parse(query.get("labelSelector"));
    } catch (SelectorException e) {
      throw StatusException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static FieldSelector fields(Query query, ResourceStore store) {
    FieldSelector selector;
    try {
      selector = FieldSelector.parse(query.get("fieldSelector"));
    } catch (IllegalArgumentException e) {
      throw StatusException.badRequest(String.valueOf(e.getMessage()));
    }
    Set<String> known = store.selectableFields(JsonObject.EMPTY).keySet();
    for (FieldSelector.Term term : selector.terms()) {
      if (!known.contains(term.field())) {
        throw StatusException.badRequest(unknownField(term.field(), store));
      }
    }
    return selector;
  }

  /// Kinds that convert field labels themselves have words of their own. Models
  /// runtime.DefaultMetaV1FieldSelectorConversion and the conversions of pkg/apis/*/v1.
  private static String unknownField(String field, ResourceStore store) {
    if (store.storageName().equals("jobs.batch")) {
      return "field label %s not supported for Job".formatted(FieldErrors.quote(field));
    }
    boolean own =
        OWN_LABELS.contains(store.storageName())
            || Schemas.of(store.resource().groupVersionKind()) == null;
    return own
        ? "field label not supported: " + field
        : "%s is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
            .formatted(FieldErrors.quote(field));
  }
}
