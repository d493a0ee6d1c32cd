package dev.drydock.cluster.admission.policy;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.admission.AdmissionPlugin;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.admission.policy.CompiledPolicy.Validation;
import dev.drydock.cluster.admission.policy.PolicyEvaluation.FailedException;
import dev.drydock.cluster.admission.policy.PolicyParameters.ConfigurationException;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.authorization.Authorizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Refuses, or warns of, what the cluster's own policies say against.
///
/// Models apiserver/pkg/admission/plugin/policy/validating. Audit annotations are evaluated, for
/// they may fail, and not kept.
public final class ValidatingAdmissionPolicies implements AdmissionPlugin {
  private static final String POLICIES = "validatingadmissionpolicies.admissionregistration.k8s.io";
  private static final String BINDINGS =
      "validatingadmissionpolicybindings.admissionregistration.k8s.io";
  private static final String OF_ADMISSION = ".admissionregistration.k8s.io";
  private static final int MESSAGE_MAX = 5 * 1024;
  private static final ImmutableSet<String> REVIEWS =
      ImmutableSet.of("authentication.k8s.io", "authorization.k8s.io");

  private final Authorizer authorizer;

  public ValidatingAdmissionPolicies(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  @Override
  public boolean handles(String groupResource) {
    return !groupResource.endsWith(OF_ADMISSION)
        && REVIEWS.stream().noneMatch(group -> groupResource.endsWith("." + group));
  }

  /// What a policy says against a request.
  ///
  /// @param reason upstream's word for the kind of refusal; empty for the usual one
  private record Denial(String message, String reason) {}

  @Override
  public void validate(JsonObject object, AdmissionRequest request) {
    List<JsonObject> policies = request.list(POLICIES, "").toList();
    if (policies.isEmpty()) {
      return;
    }
    List<JsonObject> bindings = request.list(BINDINGS, "").toList();
    List<Denial> denials = new ArrayList<>();
    Supplier<Map<String, Object>> inputs =
        Suppliers.memoize(() -> PolicyInputs.of(object, request, authorizer));
    for (JsonObject policy : policies) {
      if (ResourceRules.match(policy.object("spec", "matchConstraints"), object, request)) {
        apply(policy, bindings, object, request, inputs, denials);
      }
    }
    if (!denials.isEmpty()) {
      throw refusal(object, request, denials.getFirst());
    }
  }

  private static StatusException refusal(
      JsonObject object, AdmissionRequest request, Denial denial) {
    return StatusException.deniedByPolicy(
        request.forbidden(object, denial.message()), denial.reason(), denial.message());
  }

  private static void apply(
      JsonObject policy,
      List<JsonObject> bindings,
      JsonObject object,
      AdmissionRequest request,
      Supplier<Map<String, Object>> inputs,
      List<Denial> denials) {
    Optional<CompiledPolicy> compiled = CompiledPolicy.of(policy.object("spec"));
    for (JsonObject binding : bindings) {
      boolean bound =
          binding.string("spec", "policyName").equals(ObjectMeta.name(policy))
              && ResourceRules.match(binding.object("spec", "matchResources"), object, request);
      if (!bound) {
        continue;
      }
      if (compiled.isEmpty()) {
        addUnlessIgnored(
            policy, binding, "failed to configure policy: compilation failed", denials);
        return;
      }
      try {
        for (Optional<JsonObject> parameter : PolicyParameters.of(policy, binding, request)) {
          new Application(policy, binding, compiled.get(), request, denials)
              .evaluate(PolicyInputs.withParameter(inputs.get(), parameter.orElse(null)));
        }
      } catch (ConfigurationException e) {
        addUnlessIgnored(
            policy, binding, "failed to configure binding: " + e.getMessage(), denials);
      }
    }
  }

  private static boolean ignoresFailures(JsonObject policy) {
    return policy.string("spec", "failurePolicy").equals("Ignore");
  }

  private static void addUnlessIgnored(
      JsonObject policy, JsonObject binding, String message, List<Denial> denials) {
    if (!ignoresFailures(policy)) {
      denials.add(new Denial(denied(policy, binding, message), ""));
    }
  }

  private static String denied(JsonObject policy, JsonObject binding, String message) {
    return "ValidatingAdmissionPolicy '%s' with binding '%s' denied request: %s"
        .formatted(ObjectMeta.name(policy), ObjectMeta.name(binding), message);
  }

  /// A policy applied to a request by one binding with one parameter.
  private record Application(
      JsonObject policy,
      JsonObject binding,
      CompiledPolicy compiled,
      AdmissionRequest request,
      List<Denial> denials) {

    void evaluate(Map<String, Object> inputs) {
      PolicyEvaluation evaluation = new PolicyEvaluation(inputs, compiled.variables());
      try {
        if (!new PolicyEvaluation(inputs, Map.of()).allHold(compiled.conditions())) {
          return;
        }
      } catch (FailedException e) {
        fail(e);
        return;
      }
      for (Validation validation : compiled.validations()) {
        try {
          if (!Boolean.TRUE.equals(evaluation.evaluate(validation.expression()))) {
            act(message(validation, evaluation), validation.spec().string("reason"));
          }
        } catch (FailedException e) {
          fail(e);
        }
      }
      for (PolicyExpression annotation : compiled.annotations()) {
        try {
          Object _ = evaluation.evaluate(annotation);
        } catch (FailedException e) {
          addUnlessIgnored(policy, binding, String.valueOf(e.getMessage()), denials);
        }
      }
    }

    private void fail(FailedException failure) {
      if (!ignoresFailures(policy)) {
        act(String.valueOf(failure.getMessage()), "");
      }
    }

    private void act(String message, String reason) {
      for (String action : binding.array("spec", "validationActions").strings().toList()) {
        if (action.equals("Deny")) {
          denials.add(new Denial(denied(policy, binding, message), reason));
        } else if (action.equals("Warn")) {
          request
              .warnings()
              .accept(
                  "Validation failed for ValidatingAdmissionPolicy '%s' with binding '%s': %s"
                      .formatted(ObjectMeta.name(policy), ObjectMeta.name(binding), message));
        }
      }
    }

    private static String message(Validation validation, PolicyEvaluation evaluation) {
      String computed =
          validation.message().map(expression -> text(expression, evaluation)).orElse("");
      if (!computed.isEmpty()) {
        return computed;
      }
      String fixed = validation.spec().string("message").strip();
      return fixed.isEmpty()
          ? "failed expression: " + validation.spec().string("expression").strip()
          : fixed;
    }

    /// A message that is too long, of several lines or cannot be made is no message.
    private static String text(PolicyExpression expression, PolicyEvaluation evaluation) {
      try {
        String text = String.valueOf(evaluation.evaluate(expression)).strip();
        return text.length() > MESSAGE_MAX || text.contains("\n") ? "" : text;
      } catch (FailedException e) {
        return "";
      }
    }
  }
}
