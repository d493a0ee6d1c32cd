package dev.drydock.cluster.controller.deployment;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.controller.Owners;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// Rolls out Deployments: one ReplicaSet for each template, the latest of which ends up with all
/// the pods. Models pkg/controller/deployment.
public final class DeploymentController extends Controller {
  private static final String DEPLOYMENTS = "deployments.apps";
  private static final String SETS = "replicasets.apps";

  public DeploymentController() {
    super("deployment-controller");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals(DEPLOYMENTS) || resource.equals(SETS) || resource.equals("pods");
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    return switch (event.resource()) {
      case DEPLOYMENTS -> Stream.of(key(event.object()));
      case SETS ->
          Owners.keys(event, context.client(), DEPLOYMENTS, "Deployment", Owners.Selecting::ofSpec);
      default -> recreating(event, context.client());
    };
  }

  /// A pod that is gone matters to a Deployment that waits for its last old pod.
  private static Stream<String> recreating(WatchEvent event, Client client) {
    if (event.type() != WatchEvent.Type.DELETED) {
      return Stream.empty();
    }
    String namespace = ObjectMeta.namespace(event.object());
    return ObjectMeta.controllerOf(event.object())
        .flatMap(owner -> client.get(SETS, namespace, owner.string("name")))
        .flatMap(ObjectMeta::controllerOf)
        .flatMap(owner -> client.get(DEPLOYMENTS, namespace, owner.string("name")))
        .filter(deployment -> !Deployments.isRollingUpdate(deployment))
        .map(Controller::key)
        .stream();
  }

  @Override
  protected Duration reconcile(String key, ComponentContext context) {
    Optional<JsonObject> found = context.client().get(DEPLOYMENTS, namespaceOf(key), nameOf(key));
    if (found.isEmpty()) {
      return Duration.ZERO;
    }
    DeploymentSync sync =
        new DeploymentSync(context.client(), recorder(context), context.now(), found.get());
    sync(sync);
    return Progress.untilDeadline(sync.deployment(), context.now());
  }

  private static void sync(DeploymentSync sync) {
    if (ObjectMeta.isBeingDeleted(sync.deployment())) {
      writeStatus(sync);
      return;
    }
    Progress.checkPaused(sync);
    if (Deployments.isPaused(sync.deployment()) || Scaling.isDue(sync)) {
      ReplicaSets sets = sync.revisedReplicaSets();
      Scaling.scale(sync, sets);
      if (Deployments.isPaused(sync.deployment())) {
        sync.cleanUp(sets.old());
      }
      writeStatus(sync);
    } else if (Deployments.isRollingUpdate(sync.deployment())) {
      Rolling.rollOut(sync);
    } else {
      Recreate.rollOut(sync);
    }
  }

  private static void writeStatus(DeploymentSync sync) {
    sync.writeStatus(DeploymentStatus.of(sync.deployment(), sync.replicaSets(), sync.now()));
  }
}
