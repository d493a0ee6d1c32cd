package dev.drydock.cluster.admission.policy;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.authorization.Authorizer;
import dev.drydock.cluster.authorization.Authorizer.Attributes;
import dev.drydock.cluster.authorization.Authorizer.Decision;
import dev.drydock.cluster.storage.Store;

/// A question to the authorizer, as an expression puts it together step by step.
record AuthorizationCheck(Authorizer authorizer, Store store, Attributes attributes) {

  /// The answer as expressions see it.
  record Answer(boolean allowed, String reason) {}

  static AuthorizationCheck of(Authorizer authorizer, AdmissionRequest request) {
    return new AuthorizationCheck(
        authorizer,
        request.transaction().store(),
        new Attributes(request.user(), "", "", "", "", "", "", true, ""));
  }

  /// About the resource that a request is about.
  AuthorizationCheck about(AdmissionRequest request) {
    return group(request.resource().group())
        .resource(request.resource().resource())
        .subresource(request.subresource())
        .namespace(request.namespace())
        .name(request.name());
  }

  private AuthorizationCheck with(
      UserInfo user,
      String namespace,
      String group,
      String resource,
      String subresource,
      String name) {
    return new AuthorizationCheck(
        authorizer,
        store,
        new Attributes(user, "", namespace, group, resource, subresource, name, true, ""));
  }

  AuthorizationCheck path(String path) {
    return new AuthorizationCheck(
        authorizer, store, new Attributes(attributes.user(), "", "", "", "", "", "", false, path));
  }

  AuthorizationCheck serviceAccount(String namespace, String name) {
    UserInfo user =
        UserInfo.of(
            "system:serviceaccount:" + namespace + ":" + name,
            ImmutableList.of(
                "system:serviceaccounts",
                "system:serviceaccounts:" + namespace,
                UserInfo.ALL_AUTHENTICATED));
    return with(user, "", "", "", "", "");
  }

  AuthorizationCheck group(String group) {
    return with(attributes.user(), "", group, "", "", "");
  }

  AuthorizationCheck resource(String resource) {
    return with(attributes.user(), "", attributes.apiGroup(), resource, "", "");
  }

  AuthorizationCheck subresource(String subresource) {
    return with(
        attributes.user(),
        attributes.namespace(),
        attributes.apiGroup(),
        attributes.resource(),
        subresource,
        attributes.name());
  }

  AuthorizationCheck namespace(String namespace) {
    return with(
        attributes.user(),
        namespace,
        attributes.apiGroup(),
        attributes.resource(),
        attributes.subresource(),
        attributes.name());
  }

  AuthorizationCheck name(String name) {
    return with(
        attributes.user(),
        attributes.namespace(),
        attributes.apiGroup(),
        attributes.resource(),
        attributes.subresource(),
        name);
  }

  Answer check(String verb) {
    Decision decision =
        authorizer.authorize(
            new Attributes(
                attributes.user(),
                verb,
                attributes.namespace(),
                attributes.apiGroup(),
                attributes.resource(),
                attributes.subresource(),
                attributes.name(),
                attributes.resourceRequest(),
                attributes.path()),
            store);
    return new Answer(decision.allowed(), decision.reason());
  }
}
