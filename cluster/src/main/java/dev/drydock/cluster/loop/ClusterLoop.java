package dev.drydock.cluster.loop;

import dev.drydock.cluster.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The paced loop of one cluster: an actor that handles inputs one at a time, in the order they
/// came, and after each lets the cluster settle. It runs on one thread at a time, for a bounded
/// number of steps, and then yields to other clusters. Its state is published after every step;
/// reading it costs nothing.
///
/// An input's answer is given when the cluster has settled after it, so that whoever asked sees the
/// consequences that are due at once, and a run under the virtual clock does not depend on thread
/// timing.
public final class ClusterLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterLoop.class);

  /// How many inputs one turn handles before it yields.
  private static final int INPUTS_PER_TURN = 64;

  /// How many steps container programs may take each time they are let run.
  private static final int CONTAINER_STEPS = 5_000;

  /// How long a loop waits that cannot keep what it does.
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Machinery machinery;
  private final TimeSource time;
  private final Ledger ledger;
  private final Queue<Input<?>> inputs = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Object changed = new Object();
  private volatile ClusterState state;
  private volatile boolean closed;
  private @Nullable Future<?> alarm;

  /// Whether the last step could not be kept, so that it is to be tried again in a while.
  private boolean unkept;

  /// A loop that continues from a state, which may be another loop's (a fork).
  public ClusterLoop(ClusterState state, Machinery machinery, TimeSource time) {
    this(state, machinery, time, Ledger.NONE);
  }

  /// A loop whose steps are kept.
  public ClusterLoop(ClusterState state, Machinery machinery, TimeSource time, Ledger ledger) {
    this.state = state;
    this.machinery = machinery;
    this.time = time;
    this.ledger = ledger;
  }

  private record Input<R extends @Nullable Object>(
      Function<Step, R> handler, CompletableFuture<R> answer) {

    /// Runs the handler; what comes back gives the answer, once the step is published.
    Runnable handle(Step step) {
      R result = handler.apply(step);
      return () -> answer.complete(result);
    }
  }

  /// The state after the last step. Costs nothing and never waits.
  public ClusterState state() {
    return state;
  }

  /// Looks at the state through a step that is then thrown away.
  public <R> R read(Function<Step, R> look) {
    return look.apply(newStep());
  }

  /// Whether time passes by itself.
  public boolean hasRunningTime() {
    return time.runs();
  }

  /// Lets the loop look at what is due.
  public void poke() {
    schedule();
  }

  public boolean isClosed() {
    return closed;
  }

  /// Starts the components.
  public CompletableFuture<@Nullable Void> start() {
    return submit(
        step -> {
          machinery.start(step);
          return null;
        });
  }

  /// Hands in an input; the answer comes when the cluster has settled after it. An input that
  /// throws changes nothing.
  public <R extends @Nullable Object> CompletableFuture<R> submit(Function<Step, R> input) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    if (closed) {
      answer.completeExceptionally(new IllegalStateException("the cluster is closed"));
      return answer;
    }
    inputs.add(new Input<>(input, answer));
    schedule();
    return answer;
  }

  private void schedule() {
    if (!closed && scheduled.compareAndSet(false, true)) {
      Workers.run(this::turn);
    }
  }

  private void turn() {
    boolean settled = settle();
    for (int i = 0; i < INPUTS_PER_TURN; i++) {
      Input<?> input = inputs.poll();
      if (input == null) {
        break;
      }
      settled = handle(input);
    }
    scheduled.set(false);
    if (!settled || !inputs.isEmpty()) {
      schedule();
    } else {
      setAlarm();
    }
  }

  private boolean handle(Input<?> input) {
    try {
      Step step = newStep();
      Runnable answer = input.handle(step);
      boolean settled = machinery.settle(step, CONTAINER_STEPS);
      publish(step);
      answer.run();
      return settled;
    } catch (RuntimeException e) {
      unkept |= e instanceof Ledger.UnkeptException;
      input.answer().completeExceptionally(e);
      return true;
    }
  }

  /// Lets happen what is due. A step that fails leaves the state as it was.
  private boolean settle() {
    try {
      Step step = newStep();
      boolean settled = machinery.settle(step, CONTAINER_STEPS);
      publish(step);
      return settled;
    } catch (Ledger.UnkeptException e) {
      if (!unkept) {
        LOG.error("the cluster stands still: {}", e.getMessage());
      }
      unkept = true;
      return true;
    } catch (RuntimeException e) {
      LOG.error("a step of the cluster failed; its state stays as it was", e);
      return true;
    }
  }

  private Step newStep() {
    return new Step(state, time.now(state.now()));
  }

  private void publish(Step step) {
    boolean news = !step.changedNothing();
    ClusterState next = step.end();
    if (news) {
      ledger.keep(state, next);
    }
    unkept = false;
    state = next;
    if (news) {
      synchronized (changed) {
        changed.notifyAll();
      }
    }
  }

  private synchronized void setAlarm() {
    if (!time.runs() || closed) {
      return;
    }
    if (alarm != null) {
      alarm.cancel(false);
    }
    alarm = nextDue().map(at -> Workers.after(delay(at), this::schedule)).orElse(null);
  }

  private Duration delay(Instant at) {
    Duration left = time.until(at);
    return unkept && left.compareTo(RETRY) < 0 ? RETRY : left;
  }

  /// When something happens next by itself; empty when nothing ever will.
  public Optional<Instant> nextDue() {
    return newStep().nextDue();
  }

  /// Jumps to the next thing that is due, but not beyond the limit, and settles.
  public CompletableFuture<@Nullable Void> jump(Instant limit) {
    CompletableFuture<Instant> jumped =
        submit(
            _ -> {
              Instant target = nextDue().filter(at -> at.isBefore(limit)).orElse(limit);
              time.jumpTo(target);
              return target;
            });
    return jumped.thenCompose(_ -> submit(_ -> null));
  }

  /// Waits until the state is another than the one given, or the wall-clock time is over. For the
  /// edges: watches, followers of logs and open terminals.
  public ClusterState awaitChange(ClusterState seen, Duration limit) throws InterruptedException {
    synchronized (changed) {
      if (state == seen && !closed) {
        changed.wait(Math.max(1, limit.toMillis()));
      }
    }
    return state;
  }

  /// Stops for good. Inputs that still wait are answered with an exception.
  @Override
  public synchronized void close() {
    closed = true;
    if (alarm != null) {
      alarm.cancel(false);
    }
    List<Input<?>> left = new ArrayList<>();
    for (Input<?> input = inputs.poll(); input != null; input = inputs.poll()) {
      left.add(input);
    }
    left.forEach(
        input ->
            input
                .answer()
                .completeExceptionally(new IllegalStateException("the cluster is closed")));
    synchronized (changed) {
      changed.notifyAll();
    }
  }
}
