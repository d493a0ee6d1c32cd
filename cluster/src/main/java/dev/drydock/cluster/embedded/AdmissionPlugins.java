package dev.drydock.cluster.embedded;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.admission.AdmissionPlugin;
import dev.drydock.cluster.admission.plugin.CertificateAdmission;
import dev.drydock.cluster.admission.plugin.DefaultTolerationSeconds;
import dev.drydock.cluster.admission.plugin.LimitRanger;
import dev.drydock.cluster.admission.plugin.NamespaceLifecycle;
import dev.drydock.cluster.admission.plugin.Priority;
import dev.drydock.cluster.admission.plugin.ResourceQuota;
import dev.drydock.cluster.admission.plugin.ServiceAccountAdmission;
import dev.drydock.cluster.authorization.rbac.RbacAuthorizer;

/// The admission plugins of a cluster, in upstream's order.
final class AdmissionPlugins {
  static final ImmutableList<AdmissionPlugin> ALL =
      ImmutableList.of(
          new NamespaceLifecycle(),
          new LimitRanger(),
          new ServiceAccountAdmission(),
          new Priority(),
          new CertificateAdmission(new RbacAuthorizer()),
          new DefaultTolerationSeconds(),
          new ResourceQuota());

  private AdmissionPlugins() {}
}
