package dev.drydock.cluster.embedded;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.admission.AdmissionChain;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import dev.drydock.cluster.apiserver.ApiServer;
import dev.drydock.cluster.apiserver.InProcessClient;
import dev.drydock.cluster.apiserver.Registry;
import dev.drydock.cluster.apiserver.handlers.Patches;
import dev.drydock.cluster.apiserver.handlers.PodConnections;
import dev.drydock.cluster.apiserver.handlers.RequestBodies;
import dev.drydock.cluster.apiserver.handlers.Reviews;
import dev.drydock.cluster.apiserver.handlers.Subresources;
import dev.drydock.cluster.apiserver.handlers.WriteHandler;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.authorization.Authorizer;
import dev.drydock.cluster.authorization.rbac.RbacAuthorizer;
import dev.drydock.cluster.loop.Component;
import dev.drydock.cluster.loop.Machinery;
import dev.drydock.cluster.registry.Strategies;

/// How the parts of a cluster are put together. None of them has state, so every cluster shares
/// them; only the kubelets differ, by the names of the nodes.
final class ControlPlane {
  private static final ControlPlane SHARED = new ControlPlane();

  private final ApiServer apiServer;

  private ControlPlane() {
    RequestBodies bodies = new RequestBodies();
    Patches patches = new Patches(bodies);
    Authorizer authorizer = new RbacAuthorizer();
    Registry registry =
        new Registry(
            ResourceTable.builtIn(), Strategies::of, new AdmissionChain(AdmissionPlugins.ALL));
    apiServer =
        new ApiServer(
            registry,
            authorizer,
            new WriteHandler(bodies, patches),
            new Subresources(bodies, patches),
            new PodConnections(),
            new Reviews(bodies, authorizer));
  }

  static ControlPlane shared() {
    return SHARED;
  }

  ApiServer apiServer() {
    return apiServer;
  }

  /// The components of a cluster with these options, and how they reach the API.
  Machinery machinery(ClusterOptions options) {
    ImmutableList<Component<?>> components = Components.of(options, new Manifests(options));
    return new Machinery(
        components,
        (component, transaction, runtime) ->
            new InProcessClient(
                apiServer.registry(),
                transaction,
                runtime,
                UserInfo.component(Components.userOf(component))));
  }
}
