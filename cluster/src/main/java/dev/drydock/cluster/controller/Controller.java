package dev.drydock.cluster.controller;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.client.workqueue.WorkQueue;
import dev.drydock.cluster.loop.Component;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.util.stream.Stream;

/// The shape of a controller: changes of objects become keys in a queue, and each key is reconciled
/// from what the API says now. All it remembers is the queue.
public abstract class Controller implements Component<WorkQueue> {
  private final String name;

  /// @param name as `replicaset-controller`; its user and the source of its events
  protected Controller(String name) {
    this.name = name;
  }

  /// The keys that a change makes due.
  protected abstract Stream<String> keys(WatchEvent event, ComponentContext context);

  /// Brings what a key stands for closer to what it should be.
  ///
  /// @return when to look again though nothing changes; zero for never
  protected abstract Duration reconcile(String key, ComponentContext context);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final WorkQueue initial() {
    return WorkQueue.EMPTY;
  }

  @Override
  public final WorkQueue onEvent(WorkQueue queue, WatchEvent event, ComponentContext context) {
    return keys(event, context).reduce(queue, WorkQueue::add, (_, last) -> last);
  }

  @Override
  public final WorkQueue onTimer(WorkQueue queue, String key, ComponentContext context) {
    return queue.add(key);
  }

  @Override
  public final boolean hasWork(WorkQueue queue) {
    return !queue.isEmpty();
  }

  @Override
  public final WorkQueue work(WorkQueue queue, ComponentContext context) {
    String key = queue.first();
    WorkQueue rest = queue.withoutFirst();
    try {
      Duration again = reconcile(key, context);
      if (again.isPositive()) {
        context.setTimer(key, again);
      }
      return rest.forget(key);
    } catch (StatusException e) {
      WorkQueue failed = rest.failed(key);
      context.setTimer(key, failed.backoff(key));
      return failed;
    }
  }

  protected final EventRecorder recorder(ComponentContext context) {
    return new EventRecorder(context.client(), context.now(), name, "");
  }

  /// `namespace/name`, or the name of a cluster-scoped object.
  protected static String key(dev.drydock.cluster.apimachinery.json.JsonObject object) {
    String namespace = ObjectMeta.namespace(object);
    return namespace.isEmpty()
        ? ObjectMeta.name(object)
        : namespace + "/" + ObjectMeta.name(object);
  }

  /// The namespace part of a key; empty for a cluster-scoped object.
  protected static String namespaceOf(String key) {
    int slash = key.indexOf('/');
    return slash < 0 ? "" : key.substring(0, slash);
  }

  protected static String nameOf(String key) {
    return key.substring(key.indexOf('/') + 1);
  }
}
