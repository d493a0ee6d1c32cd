package dev.drydock.cluster.apiserver.handlers;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.fields.FieldSelector;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.labels.SelectorParser;
import dev.drydock.cluster.apimachinery.labels.SelectorParser.SelectorException;
import dev.drydock.cluster.apiserver.request.Query;
import dev.drydock.cluster.registry.rest.ResourceStore;
import java.util.Set;

/// Reads the selectors of a list or watch, refusing what the resource does not support.
record Selectors(Selector labels, FieldSelector fields) {

  static Selectors of(Query query, ResourceStore store) {
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
        throw StatusException.badRequest("field label not supported: " + term.field());
      }
    }
    return selector;
  }
}
