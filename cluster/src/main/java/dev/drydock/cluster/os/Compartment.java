package dev.drydock.cluster.os;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;

/// What confines the processes of one container: its namespaces and its cgroup.
///
/// @param network key of its network namespace (a sandbox)
/// @param mounts by path; the one at `/` is the root
/// @param nextPid the pid the next process gets
/// @param init id of process 1, with which the others end; 0 before it starts
/// @param memoryLimitBytes 0 for none
/// @param cpuLimitMillis thousandths of a CPU; 0 for none
/// @param stepsUsed steps done since the beginning
/// @param periodStart beginning of the period whose CPU time is being used
/// @param periodSteps steps done in that period
public record Compartment(
    String id,
    String network,
    String hostname,
    PMap<String, Mount> mounts,
    int nextPid,
    int init,
    int processes,
    long memoryLimitBytes,
    int cpuLimitMillis,
    long heldBytes,
    long stepsUsed,
    @Nullable Instant periodStart,
    long periodSteps) {

  public static Compartment of(
      String id,
      String network,
      String hostname,
      PMap<String, Mount> mounts,
      long memoryLimitBytes,
      int cpuLimitMillis) {
    return new Compartment(
        id, network, hostname, mounts, 1, 0, 0, memoryLimitBytes, cpuLimitMillis, 0, 0, null, 0);
  }

  Compartment withProcess(int change, int newNextPid, int newInit) {
    return new Compartment(
        id,
        network,
        hostname,
        mounts,
        newNextPid,
        newInit,
        processes + change,
        memoryLimitBytes,
        cpuLimitMillis,
        heldBytes,
        stepsUsed,
        periodStart,
        periodSteps);
  }

  Compartment withHeldBytes(long bytes) {
    return new Compartment(
        id,
        network,
        hostname,
        mounts,
        nextPid,
        init,
        processes,
        memoryLimitBytes,
        cpuLimitMillis,
        bytes,
        stepsUsed,
        periodStart,
        periodSteps);
  }

  Compartment withSteps(long used, @Nullable Instant start, long inPeriod) {
    return new Compartment(
        id,
        network,
        hostname,
        mounts,
        nextPid,
        init,
        processes,
        memoryLimitBytes,
        cpuLimitMillis,
        heldBytes,
        used,
        start,
        inPeriod);
  }
}
