package dev.drydock.cluster.authorization.rbac;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.authorization.Authorizer;
import dev.drydock.cluster.storage.ObjectKey;
import dev.drydock.cluster.storage.Store;
import java.util.stream.Stream;

/// Allows what a role bound to the user allows. Models plugin/pkg/auth/authorizer/rbac.
public final class RbacAuthorizer implements Authorizer {
  private static final String SUFFIX = ".rbac.authorization.k8s.io";
  private static final String SERVICE_ACCOUNT_PREFIX = "system:serviceaccount:";

  @Override
  public Decision authorize(Attributes attributes, Store store) {
    if (attributes.user().isIn(UserInfo.SYSTEM_MASTERS)) {
      return new Decision(true, "");
    }
    return bindings(attributes.user(), attributes.namespace(), store)
        .filter(binding -> rules(binding, store).objects().anyMatch(r -> allows(r, attributes)))
        .findFirst()
        .map(binding -> new Decision(true, reason(binding)))
        .orElse(new Decision(false, ""));
  }

  private static String reason(JsonObject binding) {
    String name = binding.string("metadata", "name");
    String namespace = binding.string("metadata", "namespace");
    String full = namespace.isEmpty() ? name : name + "/" + namespace;
    return "RBAC: allowed by %s \"%s\" of %s \"%s\" to %s"
        .formatted(
            namespace.isEmpty() ? "ClusterRoleBinding" : "RoleBinding",
            full,
            binding.string("roleRef", "kind"),
            binding.string("roleRef", "name"),
            subjectText(binding));
  }

  private static String subjectText(JsonObject binding) {
    return binding
        .array("subjects")
        .objects()
        .findFirst()
        .map(
            subject ->
                subject.string("kind").equals("ServiceAccount")
                    ? "ServiceAccount \"%s/%s\""
                        .formatted(subject.string("name"), subject.string("namespace"))
                    : "%s \"%s\"".formatted(subject.string("kind"), subject.string("name")))
        .orElse("");
  }

  /// The rules that apply to a user in a namespace, for `kubectl auth can-i --list`.
  public static Stream<JsonObject> rulesFor(UserInfo user, String namespace, Store store) {
    return bindings(user, namespace, store).flatMap(binding -> rules(binding, store).objects());
  }

  private static Stream<JsonObject> bindings(UserInfo user, String namespace, Store store) {
    Stream<JsonObject> everywhere =
        store.list("clusterrolebindings" + SUFFIX, "").map(stored -> stored.object());
    Stream<JsonObject> here =
        namespace.isEmpty()
            ? Stream.empty()
            : store.list("rolebindings" + SUFFIX, namespace).map(stored -> stored.object());
    return Stream.concat(everywhere, here)
        .filter(
            binding ->
                binding.array("subjects").objects().anyMatch(s -> isSubject(s, user, binding)));
  }

  private static boolean isSubject(JsonObject subject, UserInfo user, JsonObject binding) {
    String name = subject.string("name");
    return switch (subject.string("kind")) {
      case "User" -> user.name().equals(name);
      case "Group" -> user.isIn(name);
      case "ServiceAccount" -> {
        String namespace = subject.string("namespace");
        if (namespace.isEmpty()) {
          namespace = binding.string("metadata", "namespace");
        }
        yield user.name().equals(SERVICE_ACCOUNT_PREFIX + namespace + ":" + name);
      }
      default -> false;
    };
  }

  private static JsonArray rules(JsonObject binding, Store store) {
    boolean clusterRole = binding.string("roleRef", "kind").equals("ClusterRole");
    ObjectKey key =
        new ObjectKey(
            (clusterRole ? "clusterroles" : "roles") + SUFFIX,
            clusterRole ? "" : binding.string("metadata", "namespace"),
            binding.string("roleRef", "name"));
    return store.get(key).map(role -> role.object().array("rules")).orElse(JsonArray.EMPTY);
  }

  private static boolean allows(JsonObject rule, Attributes asked) {
    if (!has(rule.array("verbs"), asked.verb())) {
      return false;
    }
    if (!asked.resourceRequest()) {
      return rule.array("nonResourceURLs").strings().anyMatch(url -> matchesUrl(url, asked.path()));
    }
    return has(rule.array("apiGroups"), asked.apiGroup())
        && allowsResource(rule.array("resources"), asked)
        && (rule.array("resourceNames").isEmpty()
            || rule.array("resourceNames").strings().anyMatch(asked.name()::equals));
  }

  private static boolean allowsResource(JsonArray resources, Attributes asked) {
    return resources
        .strings()
        .anyMatch(
            resource ->
                resource.equals("*")
                    || resource.equals(asked.fullResource())
                    || (!asked.subresource().isEmpty()
                        && resource.equals("*/" + asked.subresource())));
  }

  private static boolean has(JsonArray words, String word) {
    return words.strings().anyMatch(given -> given.equals("*") || given.equals(word));
  }

  private static boolean matchesUrl(String rule, String path) {
    return rule.equals("*")
        || rule.equals(path)
        || (rule.endsWith("*") && path.startsWith(rule.substring(0, rule.length() - 1)));
  }
}
