package dev.drydock.cluster.cri;

import com.google.common.io.BaseEncoding;
import dev.drydock.cluster.image.ImageCatalog;
import dev.drydock.cluster.os.Kernel;
import dev.drydock.cluster.os.KernelState;
import dev.drydock.cluster.os.Outlet;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.pcollections.PMap;
import org.pcollections.TreePVector;

/// The runtime's state while it is being changed, shared by the parts of the runtime; and where the
/// kernel's output goes.
final class RuntimeWork implements Outlet {
  static final String LOG = "log:";
  static final String SESSION = "session:";

  private final RuntimeState from;
  final ImageCatalog catalog;
  final Instant now;
  final RandomGenerator random;
  final Kernel kernel;
  PMap<String, NodeRuntime> nodes;
  PMap<String, PodSandbox> sandboxes;
  PMap<String, ContainerRecord> containers;
  PMap<String, Session> sessions;
  PMap<String, Volume> volumes;
  PMap<Long, Integer> outside;
  long containersCreated;
  PMap<String, Sample> samples;

  /// In the order they came about, each once.
  final Set<RuntimeEvent> events;

  RuntimeWork(RuntimeState state, Instant now, RandomGenerator random) {
    this.from = state;
    this.catalog = state.catalog();
    this.now = now;
    this.random = random;
    this.nodes = state.nodes();
    this.sandboxes = state.sandboxes();
    this.containers = state.containers();
    this.sessions = state.sessions();
    this.volumes = state.volumes();
    this.outside = state.outside();
    this.containersCreated = state.containersCreated();
    this.samples = state.samples();
    this.events = new LinkedHashSet<>(state.pending());
    this.kernel = new Kernel(state.kernel(), now, random, catalog.programs(), this);
  }

  /// The state as it is now; the very one it came from if nothing has changed.
  RuntimeState state() {
    KernelState kernelState = kernel.state();
    boolean unchanged =
        kernelState == from.kernel()
            && nodes == from.nodes()
            && sandboxes == from.sandboxes()
            && containers == from.containers()
            && sessions == from.sessions()
            && volumes == from.volumes()
            && outside == from.outside()
            && samples == from.samples()
            && from.pending().equals(List.copyOf(events));
    if (unchanged) {
      return from;
    }
    return new RuntimeState(
        catalog,
        nodes,
        sandboxes,
        containers,
        sessions,
        volumes,
        outside,
        TreePVector.from(events),
        containersCreated,
        samples,
        kernelState);
  }

  String newId() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return BaseEncoding.base16().lowerCase().encode(bytes);
  }

  NodeRuntime node(String name) {
    NodeRuntime node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException("no such node: " + name);
    }
    return node;
  }

  void put(NodeRuntime node) {
    nodes = nodes.plus(node.name(), node);
  }

  void put(ContainerRecord container) {
    containers = containers.plus(container.status().id(), container);
  }

  void put(Session session) {
    sessions = sessions.plus(session.id(), session);
  }

  @Override
  public int accept(String sink, int stream, String bytes) {
    var name = stream == 1 ? OutputStreamName.STDOUT : OutputStreamName.STDERR;
    if (sink.startsWith(LOG)) {
      log(sink.substring(LOG.length()), name, bytes);
      return bytes.length();
    }
    Session session = sessions.get(sink.substring(SESSION.length()));
    if (session == null) {
      return bytes.length();
    }
    int count = Math.min(bytes.length(), session.output(name).room());
    if (count > 0) {
      put(session.with(name, session.output(name).plus(bytes.substring(0, count))));
      events.add(new RuntimeEvent.OutputReady(session.id()));
    }
    return count;
  }

  private void log(String containerId, OutputStreamName stream, String bytes) {
    ContainerRecord container = containers.get(containerId);
    if (container == null) {
      return;
    }
    put(container.with(container.log().plus(now, stream, bytes)));
    events.add(new RuntimeEvent.LogAppended(containerId));
    for (Session session : sessions.values()) {
      if (session.process() == 0 && session.containerId().equals(containerId)) {
        // An attach that nobody reads loses output and holds nothing up.
        int count = Math.min(bytes.length(), session.output(stream).room());
        put(session.with(stream, session.output(stream).plus(bytes.substring(0, count))));
        events.add(new RuntimeEvent.OutputReady(session.id()));
      }
    }
  }

  @Override
  public int room(String sink, int stream) {
    if (sink.startsWith(LOG)) {
      return Session.Output.MAX;
    }
    Session session = sessions.get(sink.substring(SESSION.length()));
    var name = stream == 1 ? OutputStreamName.STDOUT : OutputStreamName.STDERR;
    return session == null ? Session.Output.MAX : session.output(name).room();
  }
}
