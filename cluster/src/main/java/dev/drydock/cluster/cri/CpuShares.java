package dev.drydock.cluster.cri;

import java.util.Arrays;
import java.util.List;

/// How the CPUs of a node are shared out: nobody gets more than he wants, and those who want more
/// than there is get it in proportion to their requests. Models the kernel's CFS with the weights
/// that the kubelet gives containers.
final class CpuShares {
  /// The weight of a container that asks for nothing, in thousandths of a CPU.
  private static final double WEIGHT_MIN = 2;

  private CpuShares() {}

  /// What one container asks for and wants, in thousandths of a CPU.
  record Claim(int requestMillis, double wantedMillis) {
    Claim {
      wantedMillis = Math.max(0, wantedMillis);
    }

    double weight() {
      return Math.max(WEIGHT_MIN, requestMillis);
    }
  }

  /// What each gets, in the order of the claims.
  static double[] of(int cpuMillis, List<Claim> claims) {
    double[] given = new double[claims.size()];
    Arrays.fill(given, -1);
    double left = cpuMillis;
    boolean satisfied = true;
    while (satisfied) {
      satisfied = false;
      double perWeight = left / weightOfWaiting(claims, given);
      for (int i = 0; i < given.length; i++) {
        Claim claim = claims.get(i);
        if (given[i] < 0 && claim.wantedMillis() <= perWeight * claim.weight()) {
          given[i] = claim.wantedMillis();
          left -= given[i];
          satisfied = true;
        }
      }
    }
    double perWeight = left / weightOfWaiting(claims, given);
    for (int i = 0; i < given.length; i++) {
      if (given[i] < 0) {
        given[i] = perWeight * claims.get(i).weight();
      }
    }
    return given;
  }

  private static double weightOfWaiting(List<Claim> claims, double[] given) {
    double weight = 0;
    for (int i = 0; i < given.length; i++) {
      weight += given[i] < 0 ? claims.get(i).weight() : 0;
    }
    return weight;
  }
}
