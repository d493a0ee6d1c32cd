package dev.drydock.cluster.registry.rbac;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusException.GroupResourceName;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.authorization.Authorizer.Attributes;
import dev.drydock.cluster.authorization.rbac.Escalation;
import dev.drydock.cluster.authorization.rbac.RbacAuthorizer;
import dev.drydock.cluster.registry.rest.StrategyContext;
import dev.drydock.cluster.storage.ObjectKey;
import dev.drydock.cluster.storage.Store;
import dev.drydock.cluster.storage.StoredObject;
import java.util.List;

/// Keeps people from granting what they may not do themselves, unless they may `escalate` or `bind`
/// a role.
///
/// Models pkg/registry/rbac/{role,rolebinding}/policybased.
public final class Grants {
  private static final String GROUP = "rbac.authorization.k8s.io";

  private Grants() {}

  /// @param resource `roles` or `clusterroles`
  public static void checkRole(JsonObject role, String resource, StrategyContext context) {
    String namespace = ObjectMeta.namespace(role);
    String name = ObjectMeta.name(role);
    if (!mayDo("escalate", resource, namespace, name, context)) {
      check(role, role.array("rules").objects().toList(), resource, namespace, context);
    }
  }

  /// @param resource `rolebindings` or `clusterrolebindings`
  public static void checkBinding(JsonObject binding, String resource, StrategyContext context) {
    String namespace = ObjectMeta.namespace(binding);
    JsonObject role = binding.object("roleRef");
    boolean wide = role.string("kind").equals("ClusterRole");
    String roles = wide ? "clusterroles" : "roles";
    if (!mayDo("bind", roles, namespace, role.string("name"), context)) {
      Store store = context.transaction().store();
      ObjectKey key =
          new ObjectKey(roles + "." + GROUP, wide ? "" : namespace, role.string("name"));
      JsonObject found =
          store
              .get(key)
              .map(StoredObject::object)
              .orElseThrow(
                  () ->
                      StatusException.notFound(
                          new GroupResourceName(GROUP, roles, role.string("name"))));
      check(binding, found.array("rules").objects().toList(), resource, namespace, context);
    }
  }

  private static boolean mayDo(
      String verb, String resource, String namespace, String name, StrategyContext context) {
    UserInfo user = context.user();
    return user.isIn(UserInfo.SYSTEM_MASTERS)
        || new RbacAuthorizer()
            .authorize(
                new Attributes(user, verb, namespace, GROUP, resource, "", name, true, ""),
                context.transaction().store())
            .allowed();
  }

  private static void check(
      JsonObject object,
      List<JsonObject> granted,
      String resource,
      String namespace,
      StrategyContext context) {
    List<JsonObject> held =
        RbacAuthorizer.rulesFor(context.user(), namespace, context.transaction().store()).toList();
    Escalation.problem(context.user(), held, granted)
        .ifPresent(
            why -> {
              throw StatusException.forbidden(
                  new GroupResourceName(GROUP, resource, ObjectMeta.name(object)), why);
            });
  }
}
