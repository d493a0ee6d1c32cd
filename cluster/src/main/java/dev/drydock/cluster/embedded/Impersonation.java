package dev.drydock.cluster.embedded;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusException.GroupResourceName;
import dev.drydock.cluster.apimachinery.errors.StatusReason;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.authorization.Authorizer.Attributes;
import dev.drydock.cluster.authorization.rbac.RbacAuthorizer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Acting as somebody else (`kubectl --as`), for who may: user, groups, uid and extra are each a
/// right of their own. Models filters.WithImpersonation.
final class Impersonation {
  private static final String SERVICE_ACCOUNT = "system:serviceaccount:";
  private static final String EXTRA = "impersonate-extra-";
  private static final String AUTHENTICATION = "authentication.k8s.io";

  private final UserInfo user;
  private final EmbeddedCluster cluster;

  private Impersonation(UserInfo user, EmbeddedCluster cluster) {
    this.user = user;
    this.cluster = cluster;
  }

  static UserInfo apply(UserInfo user, ApiRequest request, EmbeddedCluster cluster) {
    String name = request.header("impersonate-user");
    List<String> groups = values(request.header("impersonate-group"));
    String uid = request.header("impersonate-uid");
    ImmutableMap<String, ImmutableList<String>> extra = extra(request);
    if (name.isEmpty()) {
      if (groups.isEmpty() && uid.isEmpty() && extra.isEmpty()) {
        return user;
      }
      throw StatusException.of(
          StatusReason.INTERNAL_ERROR,
          "Internal Server Error: \"%s\": requested %s without impersonating a user"
              .formatted(request.target(), requested(groups, uid, extra)));
    }
    return new Impersonation(user, cluster).become(name, uid, groups, extra);
  }

  private static String requested(
      List<String> groups, String uid, ImmutableMap<String, ImmutableList<String>> extra) {
    return !groups.isEmpty()
        ? "[" + String.join(" ", groups) + "]"
        : !extra.isEmpty() ? "map" + extra : uid;
  }

  private static List<String> values(String header) {
    return Splitter.on(", ").omitEmptyStrings().splitToList(header);
  }

  private static ImmutableMap<String, ImmutableList<String>> extra(ApiRequest request) {
    ImmutableMap.Builder<String, ImmutableList<String>> extra = ImmutableMap.builder();
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      if (header.getKey().startsWith(EXTRA)) {
        extra.put(
            unescaped(header.getKey().substring(EXTRA.length())),
            ImmutableList.copyOf(values(header.getValue())));
      }
    }
    return extra.buildKeepingLast();
  }

  private static String unescaped(String key) {
    try {
      return URLDecoder.decode(key, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return key;
    }
  }

  private UserInfo become(
      String name,
      String uid,
      List<String> groups,
      ImmutableMap<String, ImmutableList<String>> extra) {
    String[] account = serviceAccount(name);
    if (account.length == 2) {
      check("", "serviceaccounts", "", account[0], account[1]);
    } else {
      check("", "users", "", "", name);
    }
    groups.forEach(group -> check("", "groups", "", "", group));
    extra.forEach(
        (key, values) ->
            values.forEach(value -> check(AUTHENTICATION, "userextras", key, "", value)));
    if (!uid.isEmpty()) {
      check(AUTHENTICATION, "uids", "", "", uid);
    }
    return new UserInfo(name, uid, groups(name, account, groups), extra);
  }

  private static ImmutableList<String> groups(String name, String[] account, List<String> asked) {
    ImmutableList.Builder<String> groups = ImmutableList.builder();
    groups.addAll(asked);
    if (account.length == 2 && asked.isEmpty()) {
      groups.add("system:serviceaccounts", "system:serviceaccounts:" + account[0]);
    }
    boolean anonymous =
        name.equals(UserInfo.ANONYMOUS.name()) || asked.contains(UserInfo.ALL_UNAUTHENTICATED);
    groups.add(anonymous ? UserInfo.ALL_UNAUTHENTICATED : UserInfo.ALL_AUTHENTICATED);
    return groups.build().stream().distinct().collect(ImmutableList.toImmutableList());
  }

  /// Namespace and name, or anything else for a name that is no service account's.
  private static String[] serviceAccount(String name) {
    return name.startsWith(SERVICE_ACCOUNT)
        ? name.substring(SERVICE_ACCOUNT.length()).split(":", -1)
        : new String[0];
  }

  private void check(
      String group, String resource, String subresource, String namespace, String name) {
    Attributes asked =
        new Attributes(
            user, "impersonate", namespace, group, resource, subresource, name, true, "");
    if (!new RbacAuthorizer().authorize(asked, cluster.state().store()).allowed()) {
      throw StatusException.forbidden(
          new GroupResourceName(group, resource, name),
          "User \"%s\" cannot impersonate resource \"%s\" in API group \"%s\" %s"
              .formatted(
                  user.name(),
                  asked.fullResource(),
                  group,
                  namespace.isEmpty()
                      ? "at the cluster scope"
                      : "in the namespace \"" + namespace + "\""));
    }
  }
}
