package dev.drydock.cluster.apiserver;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.apiserver.request.RequestInfo;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.cri.ContainerRuntime;
import dev.drydock.cluster.storage.Transaction;
import java.util.LinkedHashSet;
import java.util.Set;

/// One request on its way through the API server, with what it may see and change.
///
/// @param warnings collects the texts of `Warning` headers
public record ServerRequest(
    RequestInfo info,
    ApiRequest raw,
    UserInfo user,
    Transaction transaction,
    ContainerRuntime runtime,
    Set<String> warnings) {

  public static ServerRequest of(
      RequestInfo info,
      ApiRequest raw,
      UserInfo user,
      Transaction transaction,
      ContainerRuntime runtime) {
    return new ServerRequest(info, raw, user, transaction, runtime, new LinkedHashSet<>());
  }

  /// The request to a resource without namespaces: `/api/v1/namespaces/web` names one twice over.
  ServerRequest atClusterScope() {
    return new ServerRequest(info.withNamespace(""), raw, user, transaction, runtime, warnings);
  }

  /// Whether the client asks for a table, as `kubectl get` does.
  public boolean wantsTable() {
    String accept = raw.header("accept");
    return accept.contains("as=Table") && accept.contains("g=meta.k8s.io");
  }

  public boolean isDryRun() {
    return info.query().get("dryRun").equals("All");
  }
}
