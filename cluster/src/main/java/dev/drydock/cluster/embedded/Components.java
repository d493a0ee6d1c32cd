package dev.drydock.cluster.embedded;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.controller.cronjob.CronJobController;
import dev.drydock.cluster.controller.daemonset.DaemonSetController;
import dev.drydock.cluster.controller.deployment.DeploymentController;
import dev.drydock.cluster.controller.endpointslice.EndpointSliceController;
import dev.drydock.cluster.controller.garbagecollector.GarbageCollector;
import dev.drydock.cluster.controller.job.JobController;
import dev.drydock.cluster.controller.job.TtlAfterFinishedController;
import dev.drydock.cluster.controller.namespace.NamespaceController;
import dev.drydock.cluster.controller.replicaset.ReplicaSetController;
import dev.drydock.cluster.controller.replicationcontroller.ReplicationManager;
import dev.drydock.cluster.controller.serviceaccount.RootCaPublisher;
import dev.drydock.cluster.controller.serviceaccount.ServiceAccountController;
import dev.drydock.cluster.controller.statefulset.StatefulSetController;
import dev.drydock.cluster.embedded.ClusterOptions.NodeOptions;
import dev.drydock.cluster.kubelet.Kubelet;
import dev.drydock.cluster.kubelet.NodeRegistration;
import dev.drydock.cluster.loop.Component;
import dev.drydock.cluster.proxy.Proxier;
import dev.drydock.cluster.scheduler.Profile;
import dev.drydock.cluster.scheduler.Scheduler;
import dev.drydock.cluster.scheduler.plugins.Fit;
import dev.drydock.cluster.scheduler.plugins.LeastAllocated;
import dev.drydock.cluster.scheduler.plugins.NodeAffinity;
import dev.drydock.cluster.scheduler.plugins.NodeUnschedulable;
import dev.drydock.cluster.scheduler.plugins.TaintToleration;

/// The components of a cluster, in the order in which they take turns.
final class Components {
  private static final Profile PROFILE =
      new Profile(
          ImmutableList.of(
              new NodeUnschedulable(), new TaintToleration(), new NodeAffinity(), new Fit()),
          ImmutableList.of(new LeastAllocated()));

  private Components() {}

  static ImmutableList<Component<?>> of(ImmutableList<NodeOptions> nodes) {
    ImmutableList.Builder<Component<?>> components = ImmutableList.builder();
    components.add(
        new ServiceAccountController(),
        new RootCaPublisher(),
        new NamespaceController(),
        new GarbageCollector(),
        new EndpointSliceController(),
        new DeploymentController(),
        new ReplicaSetController(),
        new ReplicationManager(),
        new DaemonSetController(),
        new JobController(),
        new TtlAfterFinishedController(),
        new CronJobController(),
        new StatefulSetController(),
        new Proxier(),
        new Scheduler(PROFILE));
    for (int i = 0; i < nodes.size(); i++) {
      components.add(new Kubelet(registration(nodes.get(i), i)));
    }
    return components.build();
  }

  private static NodeRegistration registration(NodeOptions node, int index) {
    return new NodeRegistration(
        node.name(),
        node.controlPlane(),
        "172.18.0." + (2 + index),
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
