package dev.drydock.cluster.cri;

import dev.drydock.cluster.os.Compartment;
import dev.drydock.cluster.os.Kernel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Measures containers. A program that uses up its budget of steps stands for one that uses all CPU
/// it can get; what it gets depends on what else runs on its node.
final class Usages implements UsageService {
  private static final Duration WINDOW_MIN = Duration.ofSeconds(10);

  /// What the kernel lets a container without a limit run for, in thousandths.
  private static final int BUDGET_MILLIS = 1000;

  /// Above which part of its budget a container that could go on counts as busy all the time.
  private static final double BUSY = 0.3;

  private final RuntimeWork work;

  Usages(RuntimeWork work) {
    this.work = work;
  }

  @Override
  public Optional<Usage> of(String containerId) {
    Sample sample = work.samples.get(containerId);
    return sample == null ? Optional.empty() : sample.usage();
  }

  /// A container whose CPU is being measured.
  private record Measured(
      ContainerRecord container, Compartment compartment, Duration window, CpuShares.Claim claim) {}

  @Override
  public void measure(Shares shares) {
    shares.nodeCpuMillis().forEach((node, millis) -> measure(node, millis, shares));
  }

  private void measure(String node, int cpuMillis, Shares shares) {
    List<Measured> measured = new ArrayList<>();
    work.containers.values().stream()
        .filter(container -> isOn(node, container))
        .sorted(Comparator.comparingLong(ContainerRecord::number))
        .forEach(
            container -> {
              Measured one = measure(container, shares);
              if (one != null) {
                measured.add(one);
              }
            });
    double[] given = CpuShares.of(cpuMillis, measured.stream().map(Measured::claim).toList());
    for (int i = 0; i < given.length; i++) {
      keep(measured.get(i), given[i]);
    }
  }

  private boolean isOn(String node, ContainerRecord container) {
    PodSandbox sandbox = work.sandboxes.get(container.status().sandboxId());
    return sandbox != null && sandbox.node().equals(node);
  }

  private @Nullable Measured measure(ContainerRecord container, Shares shares) {
    String id = container.status().id();
    Compartment compartment = work.kernel.compartmentOrNull(id);
    if (compartment == null
        || !(container.status().state() instanceof ContainerState.Running running)) {
      return null;
    }
    Sample last = work.samples.get(id);
    Instant since = last == null ? running.startedAt() : last.at();
    Duration window = Duration.between(since, work.now);
    if (window.compareTo(WINDOW_MIN) < 0) {
      return null;
    }
    long ran = stepNanos(compartment) - (last == null ? 0 : last.stepNanos());
    double millis = ran * 1000.0 / window.toNanos();
    int request = shares.requestMillis().getOrDefault(id, 0);
    return new Measured(
        container, compartment, window, new CpuShares.Claim(request, wanted(compartment, millis)));
  }

  private static long stepNanos(Compartment compartment) {
    return compartment.stepsUsed() * Kernel.STEP_NANOS;
  }

  private double wanted(Compartment compartment, double ranMillis) {
    int limit = compartment.cpuLimitMillis();
    int budget = limit == 0 ? BUDGET_MILLIS : limit;
    int threads = work.kernel.busyThreads(compartment.id());
    boolean busy = threads > 0 && ranMillis >= BUSY * budget;
    double wanted = busy ? threads * 1000.0 : ranMillis;
    return limit == 0 ? wanted : Math.min(wanted, limit);
  }

  /// What the cluster's own programs take at rest comes on top: it is not to be seen in what others
  /// get.
  private void keep(Measured measured, double given) {
    String id = measured.container().status().id();
    double millis = given + work.kernel.restingCpuMillis(id);
    Usage usage =
        new Usage(
            work.now,
            measured.window(),
            Math.round(millis * 1_000_000),
            work.kernel.memoryBytes(id));
    work.samples =
        work.samples.plus(
            id, new Sample(work.now, stepNanos(measured.compartment()), Optional.of(usage)));
  }
}
