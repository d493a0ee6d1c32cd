package dev.drydock.grader.cel;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.cel.Values;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.grader.evidence.Evidence;
import dev.drydock.grader.exercise.CheckList.Variable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The variables that an expression reads during one look at the cluster.
public final class Scope {
  /// The live object that the check is about.
  static final String OBJECT = "object";

  /// The author's named expressions.
  static final String VARIABLES = "variables";

  /// The submitted manifests, as the learner wrote them.
  static final String DOCUMENTS = "documents";

  /// The API requests of the learner's clients, oldest first.
  static final String AUDIT = "audit";

  /// Questions to the cluster.
  static final String CLUSTER = "cluster";

  private final Map<String, Object> bindings;
  private final @Nullable Variables variables;

  private Scope(Map<String, Object> bindings, @Nullable Variables variables) {
    this.bindings = bindings;
    this.variables = variables;
  }

  /// The scope of a look; no object and no variables yet.
  public static Scope of(Evidence evidence) {
    Map<String, Object> bindings = new HashMap<>();
    bindings.put(CLUSTER, evidence);
    bindings.put(DOCUMENTS, evidence.documents().stream().map(Values::map).toList());
    bindings.put(AUDIT, AuditValues.of(evidence.audit()));
    bindings.put(OBJECT, dev.cel.common.values.NullValue.NULL_VALUE);
    bindings.put(VARIABLES, Map.of());
    return new Scope(bindings, null);
  }

  public Scope withObject(JsonObject object) {
    Map<String, Object> changed = new HashMap<>(bindings);
    changed.put(OBJECT, Values.map(object));
    return new Scope(changed, null);
  }

  /// The variables see this scope; they are evaluated only when they are read.
  public Scope withVariables(CheckLanguage language, ImmutableList<Variable> declared) {
    return new Scope(bindings, new Variables(language, bindings, declared));
  }

  /// Everything an expression reads.
  Map<String, Object> bindings(Expression expression) throws ExpressionException {
    if (variables == null) {
      return bindings;
    }
    Map<String, Object> all = new HashMap<>(bindings);
    all.put(VARIABLES, variables.readBy(expression));
    return all;
  }

  /// Audit events as the maps that expressions read.
  private static final class AuditValues {
    static List<Map<String, Object>> of(List<dev.drydock.cluster.AuditEvent> events) {
      return events.stream().map(AuditValues::of).toList();
    }

    private static Map<String, Object> of(dev.drydock.cluster.AuditEvent event) {
      return Map.ofEntries(
          Map.entry("time", event.time()),
          Map.entry("user", event.user()),
          Map.entry("userAgent", event.userAgent()),
          Map.entry("kubectlCommand", event.kubectlCommand()),
          Map.entry("verb", event.verb()),
          Map.entry("apiGroup", event.apiGroup()),
          Map.entry("apiVersion", event.apiVersion()),
          Map.entry("resource", event.resource()),
          Map.entry("subresource", event.subresource()),
          Map.entry("namespace", event.namespace()),
          Map.entry("name", event.name()),
          Map.entry("requestUri", event.requestUri()),
          Map.entry("status", (long) event.status()));
    }
  }
}
