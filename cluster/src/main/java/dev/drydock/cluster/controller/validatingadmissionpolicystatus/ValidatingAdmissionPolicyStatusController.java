package dev.drydock.cluster.controller.validatingadmissionpolicystatus;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.util.stream.Stream;

/// Tells in a policy's status which generation of it has been looked at. Models
/// pkg/controller/validatingadmissionpolicystatus; expressions are not checked against the types of
/// what they match, so there are no warnings.
public final class ValidatingAdmissionPolicyStatusController extends Controller {
  private static final String POLICIES = "validatingadmissionpolicies.admissionregistration.k8s.io";

  public ValidatingAdmissionPolicyStatusController() {
    super("validatingadmissionpolicy-status-controller");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals(POLICIES);
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    return Stream.of(key(event.object()));
  }

  @Override
  protected Duration reconcile(String key, ComponentContext context) {
    context
        .client()
        .get(POLICIES, "", nameOf(key))
        .ifPresent(
            policy -> {
              long generation = policy.integer(0, "metadata", "generation");
              if (policy.integer(0, "status", "observedGeneration") != generation) {
                JsonObject status =
                    policy
                        .object("status")
                        .with("observedGeneration", Json.of(generation))
                        .with("typeChecking", JsonObject.EMPTY);
                context.client().updateStatus(POLICIES, policy.with("status", status));
              }
            });
    return Duration.ZERO;
  }
}
