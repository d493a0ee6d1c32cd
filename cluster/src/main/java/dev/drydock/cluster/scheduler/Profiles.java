package dev.drydock.cluster.scheduler;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.scheduler.Profile.Weighted;
import dev.drydock.cluster.scheduler.plugins.BalancedAllocation;
import dev.drydock.cluster.scheduler.plugins.Fit;
import dev.drydock.cluster.scheduler.plugins.ImageLocality;
import dev.drydock.cluster.scheduler.plugins.InterPodAffinity;
import dev.drydock.cluster.scheduler.plugins.LeastAllocated;
import dev.drydock.cluster.scheduler.plugins.NodeAffinity;
import dev.drydock.cluster.scheduler.plugins.NodeName;
import dev.drydock.cluster.scheduler.plugins.NodePorts;
import dev.drydock.cluster.scheduler.plugins.NodeUnschedulable;
import dev.drydock.cluster.scheduler.plugins.PodTopologySpread;
import dev.drydock.cluster.scheduler.plugins.TaintToleration;
import dev.drydock.cluster.scheduler.plugins.VolumeBinding;
import dev.drydock.cluster.scheduler.plugins.VolumeRestrictions;
import dev.drydock.cluster.scheduler.plugins.VolumeZone;

/// The default profile. Models pkg/scheduler/apis/config/v1/default_plugins.go.
///
/// NodeVolumeLimits and DynamicResources are left out: there are no CSI drivers and no devices.
public final class Profiles {
  public static final Profile DEFAULT =
      new Profile(
          ImmutableList.of(
              new NodeUnschedulable(),
              new NodeName(),
              new TaintToleration(),
              new NodeAffinity(),
              new NodePorts(),
              new Fit(),
              new VolumeRestrictions(),
              new VolumeBinding(),
              new VolumeZone(),
              new PodTopologySpread(),
              new InterPodAffinity()),
          ImmutableList.of(
              new Weighted(new TaintToleration(), 3),
              new Weighted(new NodeAffinity(), 2),
              new Weighted(new LeastAllocated(), 1),
              new Weighted(new PodTopologySpread(), 2),
              new Weighted(new InterPodAffinity(), 2),
              new Weighted(new BalancedAllocation(), 1),
              new Weighted(new ImageLocality(), 1)));

  private Profiles() {}
}
