package dev.drydock.cluster.authorization;

import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.storage.Store;

/// Decides whether a user may do something. Models apiserver/pkg/authorization/authorizer.
public interface Authorizer {

  /// What is asked. For requests that are not about a resource only `verb` and `path` are set.
  record Attributes(
      UserInfo user,
      String verb,
      String namespace,
      String apiGroup,
      String resource,
      String subresource,
      String name,
      boolean resourceRequest,
      String path) {

    /// The resource with its subresource, as RBAC rules name it: `pods/log`.
    public String fullResource() {
      return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }
  }

  /// The answer.
  ///
  /// @param reason why, for the person who asks; may be empty
  record Decision(boolean allowed, String reason) {}

  Decision authorize(Attributes attributes, Store store);
}
