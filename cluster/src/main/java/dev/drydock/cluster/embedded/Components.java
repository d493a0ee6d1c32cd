package dev.drydock.cluster.embedded;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.controller.apiextensions.FinalizingController;
import dev.drydock.cluster.controller.apiextensions.NamingController;
import dev.drydock.cluster.controller.autoregister.AutoRegistration;
import dev.drydock.cluster.controller.certificates.SigningController;
import dev.drydock.cluster.controller.cronjob.CronJobController;
import dev.drydock.cluster.controller.daemonset.DaemonSetController;
import dev.drydock.cluster.controller.deployment.DeploymentController;
import dev.drydock.cluster.controller.disruption.DisruptionController;
import dev.drydock.cluster.controller.endpoint.EndpointsController;
import dev.drydock.cluster.controller.endpointslice.EndpointSliceController;
import dev.drydock.cluster.controller.endpointslicemirroring.EndpointSliceMirroringController;
import dev.drydock.cluster.controller.garbagecollector.GarbageCollector;
import dev.drydock.cluster.controller.job.JobController;
import dev.drydock.cluster.controller.job.TtlAfterFinishedController;
import dev.drydock.cluster.controller.leaderelection.ControlPlaneLeases;
import dev.drydock.cluster.controller.namespace.NamespaceController;
import dev.drydock.cluster.controller.nodelifecycle.NodeLifecycleController;
import dev.drydock.cluster.controller.podautoscaler.HorizontalPodAutoscalerController;
import dev.drydock.cluster.controller.podgc.PodGarbageCollector;
import dev.drydock.cluster.controller.replicaset.ReplicaSetController;
import dev.drydock.cluster.controller.replicationcontroller.ReplicationManager;
import dev.drydock.cluster.controller.resourcequota.ResourceQuotaController;
import dev.drydock.cluster.controller.serviceaccount.RootCaPublisher;
import dev.drydock.cluster.controller.serviceaccount.ServiceAccountController;
import dev.drydock.cluster.controller.serviceaccount.TokensController;
import dev.drydock.cluster.controller.statefulset.StatefulSetController;
import dev.drydock.cluster.controller.tainteviction.TaintEvictionController;
import dev.drydock.cluster.controller.validatingadmissionpolicystatus.ValidatingAdmissionPolicyStatusController;
import dev.drydock.cluster.controller.volume.localpath.LocalPathProvisioner;
import dev.drydock.cluster.controller.volume.persistentvolume.PersistentVolumeController;
import dev.drydock.cluster.controller.volume.protection.ClaimProtectionController;
import dev.drydock.cluster.controller.volume.protection.VolumeProtectionController;
import dev.drydock.cluster.embedded.ClusterOptions.NodeOptions;
import dev.drydock.cluster.kubelet.Kubelet;
import dev.drydock.cluster.kubelet.NodeRegistration;
import dev.drydock.cluster.loop.Component;
import dev.drydock.cluster.metrics.MetricsServer;
import dev.drydock.cluster.proxy.Proxier;
import dev.drydock.cluster.scheduler.Profiles;
import dev.drydock.cluster.scheduler.Scheduler;

/// The components of a cluster, in the order in which they take turns.
final class Components {
  private Components() {}

  /// @param manifests what a new cluster has
  static ImmutableList<Component<?>> of(ClusterOptions options, Manifests manifests) {
    ImmutableList<NodeOptions> nodes = options.nodes();
    ImmutableList.Builder<Component<?>> components = ImmutableList.builder();
    components.add(
        // First, for it is the quickest of all: a pod is bound before a controller changes its
        // mind.
        new Scheduler(Profiles.DEFAULT),
        new AutoRegistration(),
        new ServiceAccountController(),
        new NamingController(),
        new FinalizingController(),
        new TokensController(),
        new SigningController(),
        new RootCaPublisher(),
        new NamespaceController(),
        new GarbageCollector(),
        new ResourceQuotaController(),
        new ValidatingAdmissionPolicyStatusController(),
        new EndpointSliceController(),
        new EndpointSliceMirroringController(),
        new EndpointsController(),
        new DeploymentController(),
        new ReplicaSetController(),
        new ReplicationManager(),
        new DaemonSetController(),
        new JobController(),
        new TtlAfterFinishedController(),
        new CronJobController(),
        new StatefulSetController(),
        new DisruptionController(),
        new NodeLifecycleController(),
        new TaintEvictionController(),
        new PodGarbageCollector(),
        new ControlPlaneLeases(manifests.controlPlane()),
        new HorizontalPodAutoscalerController(),
        new PersistentVolumeController(),
        new ClaimProtectionController(),
        new VolumeProtectionController(),
        new LocalPathProvisioner(),
        new MetricsServer(),
        new Proxier());
    for (int i = 0; i < nodes.size(); i++) {
      NodeOptions node = nodes.get(i);
      components.add(
          new Kubelet(
              registration(options, i),
              node.controlPlane() ? manifests.staticPods() : ImmutableList.of()));
    }
    return components.build();
  }

  /// The address of a node on kind's network.
  static String address(int index) {
    return "172.18.0." + (2 + index);
  }

  /// As in kind, ordinary pods stay away from the control plane when there are workers.
  private static NodeRegistration registration(ClusterOptions options, int index) {
    NodeOptions node = options.nodes().get(index);
    return new NodeRegistration(
        options.name(),
        node.name(),
        node.controlPlane(),
        node.controlPlane() && options.nodes().size() > 1,
        address(index),
        "10.244." + index + ".",
        node.cpu(),
        node.memory(),
        node.pods());
  }

  /// The user as which a component sends its requests.
  static String userOf(String component) {
    if (component.startsWith("kubelet/")) {
      return "system:node:" + component.substring("kubelet/".length());
    }
    return component.equals("default-scheduler")
        ? "system:kube-scheduler"
        : "system:serviceaccount:kube-system:" + component;
  }
}
