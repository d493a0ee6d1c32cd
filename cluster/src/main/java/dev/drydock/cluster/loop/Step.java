package dev.drydock.cluster.loop;

import dev.drydock.cluster.authentication.ClusterIdentity;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.cri.ContainerRuntime;
import dev.drydock.cluster.storage.Transaction;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.pcollections.PMap;

/// One step of the loop: the state while it is being replaced by the next one. Used by one thread.
public final class Step {
  private final ClusterState from;
  private final Entropy entropy;
  private final Transaction transaction;
  private final ContainerRuntime runtime;
  private Timers timers;
  private PMap<String, ClusterState.ComponentState> components;
  private PMap<String, Timers> halted;

  Step(ClusterState from, Instant now) {
    this.from = from;
    this.entropy = new Entropy(from.entropy());
    this.transaction = new Transaction(from.store(), from.identity(), now, entropy);
    this.runtime = ContainerRuntime.of(from.runtime(), now, entropy);
    this.timers = from.timers();
    this.components = from.components();
    this.halted = from.halted();
  }

  public Transaction transaction() {
    return transaction;
  }

  public ContainerRuntime runtime() {
    return runtime;
  }

  public Instant now() {
    return transaction.now();
  }

  Timers timers() {
    return timers;
  }

  void timers(Timers next) {
    timers = next;
  }

  ClusterState.ComponentState component(Component<?> component) {
    ClusterState.ComponentState known = components.get(component.name());
    return known == null ? new ClusterState.ComponentState(component.initial(), 0) : known;
  }

  void component(Component<?> component, ClusterState.ComponentState next) {
    if (next != components.get(component.name())) {
      components = components.plus(component.name(), next);
    }
  }

  boolean isHalted(Component<?> component) {
    return halted.containsKey(component.name());
  }

  /// Stops a component where it is: nothing reaches it until it is resumed. A second time, nothing.
  public void halt(String component) {
    if (!halted.containsKey(component)) {
      halted = halted.plus(component, timers.of(component));
      timers = timers.without(component);
    }
  }

  /// Lets a halted component go on; what was due meanwhile is due now.
  public void resume(String component) {
    Timers held = halted.get(component);
    if (held != null) {
      halted = halted.minus(component);
      timers = timers.plusAll(held);
    }
  }

  /// When something is due next without an input: a timer or a sleeping program.
  Optional<Instant> nextDue() {
    return Stream.of(timers.next(), runtime.nextWake())
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /// The state after this step. It remembers every change of the step, whatever it forgets.
  ClusterState end() {
    return new ClusterState(
        from.identity(),
        transaction.store().compact(Math.min(seenByAll(), from.store().revision())),
        timers,
        entropy.state(),
        transaction.now(),
        components,
        halted,
        runtime.state());
  }

  /// The revision up to which every component has been told of changes.
  private long seenByAll() {
    return components.values().stream()
        .mapToLong(ClusterState.ComponentState::seen)
        .min()
        .orElse(transaction.store().revision());
  }

  /// Whether the step left everything but the time as it found it.
  boolean changedNothing() {
    return transaction.store() == from.store()
        && timers == from.timers()
        && components == from.components()
        && halted == from.halted()
        && runtime.state() == from.runtime();
  }

  /// What the reactions of one component may use during this step.
  final class Context implements ComponentContext {
    private final String component;
    private final Client client;

    Context(String component, ClientFactory clients) {
      this.component = component;
      this.client = clients.client(component, transaction, runtime);
    }

    @Override
    public Client client() {
      return client;
    }

    @Override
    public ClusterIdentity identity() {
      return transaction.identity();
    }

    @Override
    public Instant now() {
      return transaction.now();
    }

    @Override
    public RandomGenerator random() {
      return entropy;
    }

    @Override
    public void setTimer(String name, Instant at) {
      timers = timers.set(new Timers.Timer(component, name), at);
    }

    @Override
    public void cancelTimer(String name) {
      timers = timers.cancel(new Timers.Timer(component, name));
    }

    @Override
    public ContainerRuntime runtime() {
      return runtime;
    }
  }
}
