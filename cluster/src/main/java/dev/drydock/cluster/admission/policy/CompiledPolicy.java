package dev.drydock.cluster.admission.policy;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.admission.policy.PolicyCompiler.CompilationException;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.Optional;

/// The expressions of a policy, compiled.
record CompiledPolicy(
    ImmutableList<PolicyExpression> conditions,
    ImmutableMap<String, PolicyExpression> variables,
    ImmutableList<Validation> validations,
    ImmutableList<PolicyExpression> annotations) {

  /// One rule.
  record Validation(
      JsonObject spec, PolicyExpression expression, Optional<PolicyExpression> message) {}

  /// A stored spec is one object for as long as nobody changes it, so it is compiled once, whatever
  /// cluster or fork it is in.
  private static final LoadingCache<JsonObject, Optional<CompiledPolicy>> KNOWN =
      CacheBuilder.newBuilder()
          .weakKeys()
          .maximumSize(1_000)
          .build(CacheLoader.from(CompiledPolicy::compile));

  /// @return empty for a policy that does not compile, which validation would not have let in
  static Optional<CompiledPolicy> of(JsonObject spec) {
    return KNOWN.getUnchecked(spec);
  }

  private static Optional<CompiledPolicy> compile(JsonObject spec) {
    try {
      boolean params = spec.has("paramKind");
      ImmutableList.Builder<PolicyExpression> conditions = ImmutableList.builder();
      for (JsonObject condition : spec.array("matchConditions").objects().toList()) {
        conditions.add(new PolicyCompiler(params).condition(condition.string("expression")));
      }
      PolicyCompiler compiler = new PolicyCompiler(params);
      ImmutableMap.Builder<String, PolicyExpression> variables = ImmutableMap.builder();
      for (JsonObject variable : spec.array("variables").objects().toList()) {
        String name = variable.string("name");
        variables.put(name, compiler.variable(name, variable.string("expression")));
      }
      ImmutableList.Builder<Validation> validations = ImmutableList.builder();
      for (JsonObject validation : spec.array("validations").objects().toList()) {
        String message = validation.string("messageExpression");
        validations.add(
            new Validation(
                validation,
                compiler.condition(validation.string("expression")),
                message.isEmpty() ? Optional.empty() : Optional.of(compiler.message(message))));
      }
      ImmutableList.Builder<PolicyExpression> annotations = ImmutableList.builder();
      for (JsonObject annotation : spec.array("auditAnnotations").objects().toList()) {
        annotations.add(compiler.annotation(annotation.string("valueExpression").strip()));
      }
      return Optional.of(
          new CompiledPolicy(
              conditions.build(),
              variables.buildKeepingLast(),
              validations.build(),
              annotations.build()));
    } catch (CompilationException e) {
      return Optional.empty();
    }
  }
}
