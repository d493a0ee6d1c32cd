package dev.drydock.cluster.embedded;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusException.GroupResourceName;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.authorization.Authorizer.Attributes;
import dev.drydock.cluster.authorization.rbac.RbacAuthorizer;

/// Acting as somebody else (`kubectl --as`), for who may. Models filters.WithImpersonation.
final class Impersonation {
  private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

  private Impersonation() {}

  static UserInfo apply(UserInfo user, ApiRequest request, EmbeddedCluster cluster) {
    String name = request.header("impersonate-user");
    if (name.isEmpty()) {
      return user;
    }
    check(user, "users", name, cluster);
    ImmutableList.Builder<String> groups = ImmutableList.builder();
    for (String group :
        Splitter.on(", ").omitEmptyStrings().split(request.header("impersonate-group"))) {
      check(user, "groups", group, cluster);
      groups.add(group);
    }
    if (name.startsWith(SERVICE_ACCOUNT)) {
      String[] parts = name.substring(SERVICE_ACCOUNT.length()).split(":", 2);
      groups.add("system:serviceaccounts", "system:serviceaccounts:" + parts[0]);
    }
    if (!name.equals("system:anonymous")) {
      groups.add(UserInfo.ALL_AUTHENTICATED);
    }
    ImmutableList<String> distinct =
        groups.build().stream().distinct().collect(ImmutableList.toImmutableList());
    return new UserInfo(name, "", distinct, ImmutableMap.of());
  }

  private static void check(UserInfo user, String resource, String name, EmbeddedCluster cluster) {
    Attributes asked = new Attributes(user, "impersonate", "", "", resource, "", name, true, "");
    if (!new RbacAuthorizer().authorize(asked, cluster.state().store()).allowed()) {
      throw StatusException.forbidden(
          new GroupResourceName("", resource, name),
          "User \"%s\" cannot impersonate resource \"%s\" in API group \"\" at the cluster scope"
              .formatted(user.name(), resource));
    }
  }
}
