package dev.drydock.cluster.registry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.registry.admissionregistration.validatingadmissionpolicy.ValidatingAdmissionPolicyStrategy;
import dev.drydock.cluster.registry.admissionregistration.validatingadmissionpolicybinding.ValidatingAdmissionPolicyBindingStrategy;
import dev.drydock.cluster.registry.admissionregistration.webhookconfiguration.WebhookConfigurationStrategy;
import dev.drydock.cluster.registry.apiextensions.customresourcedefinition.CustomResourceDefinitionStrategy;
import dev.drydock.cluster.registry.apps.controllerrevision.ControllerRevisionStrategy;
import dev.drydock.cluster.registry.apps.daemonset.DaemonSetStrategy;
import dev.drydock.cluster.registry.apps.deployment.DeploymentStrategy;
import dev.drydock.cluster.registry.apps.replicaset.ReplicaSetStrategy;
import dev.drydock.cluster.registry.apps.statefulset.StatefulSetStrategy;
import dev.drydock.cluster.registry.autoscaling.horizontalpodautoscaler.HorizontalPodAutoscalerStrategy;
import dev.drydock.cluster.registry.batch.cronjob.CronJobStrategy;
import dev.drydock.cluster.registry.batch.job.JobStrategy;
import dev.drydock.cluster.registry.certificates.certificatesigningrequest.CertificateSigningRequestStrategy;
import dev.drydock.cluster.registry.coordination.lease.LeaseStrategy;
import dev.drydock.cluster.registry.core.configmap.ConfigMapStrategy;
import dev.drydock.cluster.registry.core.endpoints.EndpointsStrategy;
import dev.drydock.cluster.registry.core.event.EventStrategy;
import dev.drydock.cluster.registry.core.limitrange.LimitRangeStrategy;
import dev.drydock.cluster.registry.core.namespace.NamespaceStrategy;
import dev.drydock.cluster.registry.core.node.NodeStrategy;
import dev.drydock.cluster.registry.core.persistentvolume.PersistentVolumeStrategy;
import dev.drydock.cluster.registry.core.persistentvolumeclaim.PersistentVolumeClaimStrategy;
import dev.drydock.cluster.registry.core.pod.PodStrategy;
import dev.drydock.cluster.registry.core.podtemplate.PodTemplateStrategy;
import dev.drydock.cluster.registry.core.replicationcontroller.ReplicationControllerStrategy;
import dev.drydock.cluster.registry.core.resourcequota.ResourceQuotaStrategy;
import dev.drydock.cluster.registry.core.secret.SecretStrategy;
import dev.drydock.cluster.registry.core.service.ServiceStrategy;
import dev.drydock.cluster.registry.core.serviceaccount.ServiceAccountStrategy;
import dev.drydock.cluster.registry.discovery.endpointslice.EndpointSliceStrategy;
import dev.drydock.cluster.registry.networking.ingress.IngressStrategy;
import dev.drydock.cluster.registry.networking.ingressclass.IngressClassStrategy;
import dev.drydock.cluster.registry.networking.networkpolicy.NetworkPolicyStrategy;
import dev.drydock.cluster.registry.node.runtimeclass.RuntimeClassStrategy;
import dev.drydock.cluster.registry.policy.poddisruptionbudget.PodDisruptionBudgetStrategy;
import dev.drydock.cluster.registry.rbac.role.RoleStrategy;
import dev.drydock.cluster.registry.rbac.rolebinding.RoleBindingStrategy;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.scheduling.priorityclass.PriorityClassStrategy;
import dev.drydock.cluster.registry.storage.csidriver.CsiDriverStrategy;
import dev.drydock.cluster.registry.storage.storageclass.StorageClassStrategy;

/// The strategy of each resource, by its name in storage, as `pods` or `deployments.apps`.
public final class Strategies {
  /// What most kinds do.
  private static final Strategy GENERIC = new Strategy() {};

  private static final Strategy RBAC =
      new Strategy() {
        @Override
        public ImmutableList<String> validateName(String name) {
          return name.contains("/") || name.contains("%")
              ? ImmutableList.of("may not contain '/' or '%'")
              : ImmutableList.of();
        }
      };

  /// What most kinds do whose specs are configuration of the server itself.
  private static final Strategy COUNTING_CHANGES =
      new Strategy() {
        @Override
        public boolean hasGeneration() {
          return true;
        }
      };

  /// API services are named as `v1.`, which no other name may be.
  private static final Strategy NAMED_BY_PATH =
      new Strategy() {
        @Override
        public ImmutableList<String> validateName(String name) {
          return Formats.pathSegment(name);
        }
      };

  private static final ImmutableMap<String, Strategy> BY_RESOURCE =
      ImmutableMap.<String, Strategy>builder()
          .put("pods", new PodStrategy())
          .put("nodes", new NodeStrategy())
          .put("namespaces", new NamespaceStrategy())
          .put("configmaps", new ConfigMapStrategy())
          .put("secrets", new SecretStrategy())
          .put("services", new ServiceStrategy())
          .put("serviceaccounts", new ServiceAccountStrategy())
          .put("events", new EventStrategy(false))
          .put("events.events.k8s.io", new EventStrategy(true))
          .put("persistentvolumeclaims", new PersistentVolumeClaimStrategy())
          .put("persistentvolumes", new PersistentVolumeStrategy())
          .put("podtemplates", new PodTemplateStrategy())
          .put("replicationcontrollers", new ReplicationControllerStrategy())
          .put("deployments.apps", new DeploymentStrategy())
          .put("replicasets.apps", new ReplicaSetStrategy())
          .put("daemonsets.apps", new DaemonSetStrategy())
          .put("statefulsets.apps", new StatefulSetStrategy())
          .put("controllerrevisions.apps", new ControllerRevisionStrategy())
          .put("jobs.batch", new JobStrategy())
          .put("cronjobs.batch", new CronJobStrategy())
          .put("resourcequotas", new ResourceQuotaStrategy())
          .put("limitranges", new LimitRangeStrategy())
          .put("endpoints", new EndpointsStrategy())
          .put("ingresses.networking.k8s.io", new IngressStrategy())
          .put("ingressclasses.networking.k8s.io", new IngressClassStrategy())
          .put("networkpolicies.networking.k8s.io", new NetworkPolicyStrategy())
          .put("roles.rbac.authorization.k8s.io", new RoleStrategy(true))
          .put("clusterroles.rbac.authorization.k8s.io", new RoleStrategy(false))
          .put("rolebindings.rbac.authorization.k8s.io", new RoleBindingStrategy(true))
          .put("clusterrolebindings.rbac.authorization.k8s.io", new RoleBindingStrategy(false))
          .put("storageclasses.storage.k8s.io", new StorageClassStrategy())
          .put("poddisruptionbudgets.policy", new PodDisruptionBudgetStrategy())
          .put("horizontalpodautoscalers.autoscaling", new HorizontalPodAutoscalerStrategy())
          .put("endpointslices.discovery.k8s.io", new EndpointSliceStrategy())
          .put("leases.coordination.k8s.io", new LeaseStrategy())
          .put("priorityclasses.scheduling.k8s.io", new PriorityClassStrategy())
          .put(
              "certificatesigningrequests.certificates.k8s.io",
              new CertificateSigningRequestStrategy())
          .put("runtimeclasses.node.k8s.io", new RuntimeClassStrategy())
          .put("csidrivers.storage.k8s.io", new CsiDriverStrategy())
          .put("apiservices.apiregistration.k8s.io", NAMED_BY_PATH)
          .put(
              "customresourcedefinitions.apiextensions.k8s.io",
              new CustomResourceDefinitionStrategy())
          .put("flowschemas.flowcontrol.apiserver.k8s.io", COUNTING_CHANGES)
          .put("prioritylevelconfigurations.flowcontrol.apiserver.k8s.io", COUNTING_CHANGES)
          .put(
              "mutatingwebhookconfigurations.admissionregistration.k8s.io",
              new WebhookConfigurationStrategy(true))
          .put(
              "validatingwebhookconfigurations.admissionregistration.k8s.io",
              new WebhookConfigurationStrategy(false))
          .put(
              "validatingadmissionpolicies.admissionregistration.k8s.io",
              new ValidatingAdmissionPolicyStrategy())
          .put(
              "validatingadmissionpolicybindings.admissionregistration.k8s.io",
              new ValidatingAdmissionPolicyBindingStrategy())
          .buildOrThrow();

  private Strategies() {}

  /// The strategy of a resource; one without rules of its own gets the generic one.
  public static Strategy of(String groupResource) {
    Strategy other = groupResource.endsWith(".rbac.authorization.k8s.io") ? RBAC : GENERIC;
    return BY_RESOURCE.getOrDefault(groupResource, other);
  }
}
