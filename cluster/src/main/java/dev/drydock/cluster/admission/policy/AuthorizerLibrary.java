package dev.drydock.cluster.admission.policy;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.STRING;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.drydock.cluster.apimachinery.cel.CelLibrary;

/// What an expression may ask about who may do what. Models apiserver/pkg/cel/library/authz.go.
final class AuthorizerLibrary {
  static final CelType AUTHORIZER = OpaqueType.create("kubernetes.authorization.Authorizer");
  static final CelType RESOURCE = OpaqueType.create("kubernetes.authorization.ResourceCheck");
  private static final CelType PATH = OpaqueType.create("kubernetes.authorization.PathCheck");
  private static final CelType GROUP = OpaqueType.create("kubernetes.authorization.GroupCheck");
  private static final CelType DECISION = OpaqueType.create("kubernetes.authorization.Decision");

  private AuthorizerLibrary() {}

  static CelLibrary library() {
    return new CelLibrary()
        .member("path", "authorizer_path", PATH, a -> check(a).path(text(a)), AUTHORIZER, STRING)
        .member(
            "serviceAccount",
            "authorizer_serviceaccount",
            AUTHORIZER,
            a -> check(a).serviceAccount((String) a[1], (String) a[2]),
            AUTHORIZER,
            STRING,
            STRING)
        .member(
            "group", "authorizer_group", GROUP, a -> check(a).group(text(a)), AUTHORIZER, STRING)
        .member(
            "resource",
            "groupcheck_resource",
            RESOURCE,
            a -> check(a).resource(text(a)),
            GROUP,
            STRING)
        .member(
            "subresource",
            "resourcecheck_subresource",
            RESOURCE,
            a -> check(a).subresource(text(a)),
            RESOURCE,
            STRING)
        .member(
            "namespace",
            "resourcecheck_namespace",
            RESOURCE,
            a -> check(a).namespace(text(a)),
            RESOURCE,
            STRING)
        .member(
            "name", "resourcecheck_name", RESOURCE, a -> check(a).name(text(a)), RESOURCE, STRING)
        .member(
            "check",
            "resourcecheck_check",
            DECISION,
            a -> check(a).check(text(a)),
            RESOURCE,
            STRING)
        .member("check", "pathcheck_check", DECISION, a -> check(a).check(text(a)), PATH, STRING)
        .member("allowed", "decision_allowed", BOOL, a -> decision(a).allowed(), DECISION)
        .member("reason", "decision_reason", STRING, a -> decision(a).reason(), DECISION)
        .member("errored", "decision_errored", BOOL, _ -> false, DECISION)
        .member("error", "decision_error", STRING, _ -> "", DECISION);
  }

  private static AuthorizationCheck check(Object[] arguments) {
    return (AuthorizationCheck) arguments[0];
  }

  private static AuthorizationCheck.Answer decision(Object[] arguments) {
    return (AuthorizationCheck.Answer) arguments[0];
  }

  private static String text(Object[] arguments) {
    return (String) arguments[1];
  }
}
