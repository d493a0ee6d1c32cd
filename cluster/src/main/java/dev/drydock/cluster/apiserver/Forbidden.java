package dev.drydock.cluster.apiserver;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusException.GroupResourceName;
import dev.drydock.cluster.authorization.Authorizer.Attributes;
import dev.drydock.cluster.authorization.Authorizer.Decision;

/// The refusal of a request that its user may not make. Models responsewriters.Forbidden.
final class Forbidden {
  private Forbidden() {}

  static StatusException of(Attributes asked, Decision decision) {
    String why = sentence(asked) + (decision.reason().isEmpty() ? "" : ": " + decision.reason());
    if (!asked.resourceRequest()) {
      return StatusException.of(
          dev.drydock.cluster.apimachinery.errors.StatusReason.FORBIDDEN, "forbidden: " + why);
    }
    return StatusException.forbidden(
        new GroupResourceName(asked.apiGroup(), asked.resource(), asked.name()), why);
  }

  private static String sentence(Attributes asked) {
    String user = "User \"%s\"".formatted(asked.user().name());
    if (!asked.resourceRequest()) {
      return "%s cannot %s path \"%s\"".formatted(user, asked.verb(), asked.path());
    }
    String what =
        "%s cannot %s resource \"%s\" in API group \"%s\""
            .formatted(user, asked.verb(), asked.fullResource(), asked.apiGroup());
    return asked.namespace().isEmpty()
        ? what + " at the cluster scope"
        : what + " in the namespace \"" + asked.namespace() + "\"";
  }
}
