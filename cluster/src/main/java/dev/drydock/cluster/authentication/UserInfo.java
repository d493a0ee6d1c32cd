package dev.drydock.cluster.authentication;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/// Who sends a request. Models authentication/user.Info.
public record UserInfo(
    String name,
    String uid,
    ImmutableList<String> groups,
    ImmutableMap<String, ImmutableList<String>> extra) {
  public static final String SYSTEM_MASTERS = "system:masters";
  public static final String ALL_AUTHENTICATED = "system:authenticated";
  public static final String ALL_UNAUTHENTICATED = "system:unauthenticated";

  public static final UserInfo ANONYMOUS =
      of("system:anonymous", ImmutableList.of(ALL_UNAUTHENTICATED));

  /// The administrator of a cluster made by kubeadm.
  public static final UserInfo ADMIN =
      of("kubernetes-admin", ImmutableList.of("kubeadm:cluster-admins", ALL_AUTHENTICATED));

  public static UserInfo of(String name, ImmutableList<String> groups) {
    return new UserInfo(name, "", groups, ImmutableMap.of());
  }

  /// A component of the control plane, such as `system:kube-scheduler`.
  public static UserInfo component(String name) {
    return of(name, ImmutableList.of(SYSTEM_MASTERS, ALL_AUTHENTICATED));
  }

  public boolean isIn(String group) {
    return groups.contains(group);
  }
}
