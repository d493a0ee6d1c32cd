package dev.drydock.cluster.embedded;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.admission.AdmissionPlugin;
import dev.drydock.cluster.admission.plugin.CertificateAdmission;
import dev.drydock.cluster.admission.plugin.DefaultIngressClass;
import dev.drydock.cluster.admission.plugin.DefaultStorageClass;
import dev.drydock.cluster.admission.plugin.DefaultTolerationSeconds;
import dev.drydock.cluster.admission.plugin.LimitRanger;
import dev.drydock.cluster.admission.plugin.NamespaceLifecycle;
import dev.drydock.cluster.admission.plugin.NodeRestriction;
import dev.drydock.cluster.admission.plugin.PersistentVolumeClaimResize;
import dev.drydock.cluster.admission.plugin.Priority;
import dev.drydock.cluster.admission.plugin.ResourceQuota;
import dev.drydock.cluster.admission.plugin.RuntimeClass;
import dev.drydock.cluster.admission.plugin.ServiceAccountAdmission;
import dev.drydock.cluster.admission.plugin.StorageObjectInUseProtection;
import dev.drydock.cluster.admission.plugin.TaintNodesByCondition;
import dev.drydock.cluster.admission.plugin.podsecurity.PodSecurity;
import dev.drydock.cluster.admission.policy.ValidatingAdmissionPolicies;
import dev.drydock.cluster.admission.policy.Webhooks;
import dev.drydock.cluster.authorization.rbac.RbacAuthorizer;

/// The admission plugins of a cluster, in upstream's order.
final class AdmissionPlugins {
  static final ImmutableList<AdmissionPlugin> ALL =
      ImmutableList.of(
          new NamespaceLifecycle(),
          new LimitRanger(),
          new ServiceAccountAdmission(),
          new NodeRestriction(),
          new TaintNodesByCondition(),
          new PodSecurity(),
          new Priority(),
          new DefaultTolerationSeconds(),
          new DefaultStorageClass(),
          new StorageObjectInUseProtection(),
          new PersistentVolumeClaimResize(),
          new RuntimeClass(),
          new CertificateAdmission(new RbacAuthorizer()),
          new DefaultIngressClass(),
          Webhooks.mutating(new RbacAuthorizer()),
          new ValidatingAdmissionPolicies(new RbacAuthorizer()),
          Webhooks.validating(new RbacAuthorizer()),
          new ResourceQuota());

  private AdmissionPlugins() {}
}
