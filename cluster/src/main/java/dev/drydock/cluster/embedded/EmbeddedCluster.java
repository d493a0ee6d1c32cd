package dev.drydock.cluster.embedded;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.AuditEvent;
import dev.drydock.cluster.Capability;
import dev.drydock.cluster.Cluster;
import dev.drydock.cluster.ExecResult;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusReason;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apiserver.ApiServer;
import dev.drydock.cluster.apiserver.ApiServer.Answer;
import dev.drydock.cluster.apiserver.LongRunning;
import dev.drydock.cluster.apiserver.Reply;
import dev.drydock.cluster.apiserver.ServerRequest;
import dev.drydock.cluster.apiserver.handlers.Encoding;
import dev.drydock.cluster.apiserver.request.RequestInfo;
import dev.drydock.cluster.authentication.ClusterIdentity;
import dev.drydock.cluster.authentication.ServiceAccountTokens;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.authentication.x509.ClientAuthority;
import dev.drydock.cluster.durability.DurabilityException;
import dev.drydock.cluster.durability.Durable;
import dev.drydock.cluster.durability.Journal;
import dev.drydock.cluster.durability.Snapshots;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.loop.ClusterLoop;
import dev.drydock.cluster.loop.ClusterState;
import dev.drydock.cluster.loop.Ledger;
import dev.drydock.cluster.loop.Machinery;
import dev.drydock.cluster.loop.Step;
import dev.drydock.cluster.time.RealTime;
import dev.drydock.cluster.time.TimeSource;
import dev.drydock.cluster.time.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A cluster inside this JVM: a value stepped by a loop, with an API server in front.
public final class EmbeddedCluster implements Cluster {
  private final ClusterOptions options;
  private final ClusterIdentity identity;
  private final Machinery machinery;
  private final AuditLog audit = new AuditLog();
  private final Checkpoints checkpoints = new Checkpoints();
  private final @Nullable Journal journal;
  private volatile TimeSource time;
  private volatile ClusterLoop loop;

  private EmbeddedCluster(
      ClusterOptions options,
      ClusterIdentity identity,
      Machinery machinery,
      ClusterState state,
      TimeSource time,
      @Nullable Journal journal) {
    this.options = options;
    this.identity = identity;
    this.machinery = machinery;
    this.journal = journal;
    this.time = time;
    this.loop = loop(state);
  }

  /// A new cluster, ready when this returns, whose keys come from the options' seed: for tests and
  /// grading, not for clusters that others can reach.
  public static EmbeddedCluster create(ClusterOptions options) {
    return create(options, Identities.ofSeed(options.seed()));
  }

  /// A new cluster with keys of its own, ready when this returns.
  public static EmbeddedCluster create(ClusterOptions options, ClusterIdentity identity) {
    return new EmbeddedCluster(
        options,
        identity,
        BootedCluster.of(options).machinery(),
        BootedCluster.of(options).bornAs(options, identity),
        clock(options, options.birth()),
        null);
  }

  /// A new cluster that is kept in a folder of its own: {@link #open} finds it there.
  ///
  /// @throws Ledger.UnkeptException when the folder cannot be written
  public static EmbeddedCluster create(
      ClusterOptions options, ClusterIdentity identity, Path folder) {
    BootedCluster booted = BootedCluster.of(options);
    try {
      return new EmbeddedCluster(
          options,
          identity,
          booted.machinery(),
          booted.bornAs(options, identity),
          clock(options, options.birth()),
          Journal.create(folder, new About(options, identity).json()));
    } catch (IOException e) {
      throw new Ledger.UnkeptException(
          "A cluster cannot be kept in %s: %s.".formatted(folder, e.getMessage()), e);
    }
  }

  /// Whether a cluster is kept in a folder.
  public static boolean isKeptIn(Path folder) {
    return Journal.isIn(folder);
  }

  /// The cluster that is kept in a folder: with every change that it ever acknowledged, and its
  /// nodes as after a reboot.
  ///
  /// @param notBefore time goes on from here, or from where it was when that is later
  /// @throws DurabilityException when there is none, or it is damaged
  /// @throws Ledger.UnkeptException when the folder cannot be written
  public static EmbeddedCluster open(Path folder, Instant notBefore) throws DurabilityException {
    Journal.Found found = Journal.open(folder);
    return rebooted(found.about(), found.state(), notBefore, found.journal());
  }

  /// Everything about this cluster that outlives its processes, as bytes.
  public byte[] snapshot() {
    return Snapshots.write(new About(options, identity).json(), Durable.of(loop.state()));
  }

  /// A cluster as it was when the snapshot was taken, its nodes as after a reboot. Time goes on
  /// from there.
  ///
  /// @throws DurabilityException when these bytes are no snapshot, or one of a newer version
  public static EmbeddedCluster restore(byte[] snapshot) throws DurabilityException {
    Snapshots.Content content = Snapshots.read(snapshot);
    return rebooted(content.about(), content.state(), content.state().now(), null);
  }

  private static EmbeddedCluster rebooted(
      JsonObject about, Durable kept, Instant notBefore, @Nullable Journal journal)
      throws DurabilityException {
    About its = About.of(about);
    ClusterState state = Reboot.of(kept, its.identity(), notBefore);
    EmbeddedCluster cluster =
        new EmbeddedCluster(
            its.options(),
            its.identity(),
            ControlPlane.shared().machinery(its.options()),
            state,
            clock(its.options(), state.now()),
            journal);
    cluster.loop.start().join();
    return cluster;
  }

  private static TimeSource clock(ClusterOptions options, Instant start) {
    return options.clock() == ClockKind.REAL ? RealTime.startingAt(start) : new VirtualTime(start);
  }

  /// A loop that goes on from a state, kept from there on.
  private ClusterLoop loop(ClusterState state) {
    Ledger kept = journal == null ? Ledger.NONE : journal.begin(state);
    checkpoints.see(state);
    return new ClusterLoop(
        state,
        machinery,
        time,
        (before, after) -> {
          kept.keep(before, after);
          checkpoints.see(after);
        });
  }

  /// An independent copy of this living cluster: same objects, programs, time and credentials.
  /// Costs next to nothing; neither sees what the other does afterwards. A fork's clock is virtual,
  /// and it is kept nowhere.
  public EmbeddedCluster fork() {
    ClusterState state = loop.state();
    return new EmbeddedCluster(
        options, identity, machinery, state, new VirtualTime(state.now()), null);
  }

  /// How many seconds of cluster time pass in one on the wall.
  ///
  /// @throws IllegalStateException when time does not pass by itself
  public int speed() {
    return realTime().speed();
  }

  /// Lets time pass faster or slower from now on.
  ///
  /// @throws IllegalArgumentException when the speed is not between 1 and {@link
  ///   RealTime#SPEED_MAX}
  /// @throws IllegalStateException when time does not pass by itself
  public void setSpeed(int speed) {
    realTime().setSpeed(speed);
    loop.poke();
  }

  private RealTime realTime() {
    if (time instanceof RealTime real) {
      return real;
    }
    throw new IllegalStateException("the time of this cluster does not pass by itself");
  }

  /// Jumps ahead, from one thing that is due to the next, whatever kind of clock this is.
  public void skip(Duration duration) {
    jumpUntil(_ -> false, duration);
  }

  /// Remembers this moment, so that {@link #rewind} can come back to it.
  public Checkpoint checkpoint(String label) {
    return checkpoints.add(label, loop.state());
  }

  /// The moments that can be gone back to, oldest first: one a minute, and the newest of those
  /// asked for.
  public ImmutableList<Checkpoint> checkpoints() {
    return checkpoints.all();
  }

  /// Takes the cluster back to an earlier moment, programs and time included. What happened since
  /// did not happen; watches that are open end.
  ///
  /// @throws IllegalArgumentException when the moment is none of this cluster's
  public synchronized void rewind(Checkpoint to) {
    if (!checkpoints.all().contains(to)) {
      throw new IllegalArgumentException("this moment is forgotten, or another cluster's");
    }
    int speed = time instanceof RealTime real ? real.speed() : 1;
    replaceLoop(
        to.state(),
        time.runs() ? RealTime.startingAt(to.time(), speed) : new VirtualTime(to.time()));
    checkpoints.forgetAfter(to.time());
  }

  private void replaceLoop(ClusterState state, TimeSource from) {
    ClusterLoop old = loop;
    TimeSource before = time;
    time = from;
    try {
      loop = loop(state);
    } catch (Ledger.UnkeptException e) {
      time = before;
      throw e;
    }
    old.close();
    loop.poke();
  }

  /// Stops the kubelet of a node, as when the node is cut off: what runs there runs on, and the
  /// cluster hears no more of it.
  public void stopNode(String node) {
    loop.submit(
            step -> {
              step.halt("kubelet/" + node);
              return null;
            })
        .join();
  }

  /// Lets the kubelet of a stopped node go on.
  public void startNode(String node) {
    loop.submit(
            step -> {
              step.resume("kubelet/" + node);
              return null;
            })
        .join();
  }

  /// Cluster time, as of the last step.
  public Instant now() {
    return loop.state().now();
  }

  /// The whole of the cluster at this moment.
  public ClusterState state() {
    return loop.state();
  }

  ClusterLoop loop() {
    return loop;
  }

  /// Lets cluster time run until the condition on the cluster holds; false when the limit passed
  /// first. Virtual time jumps from one thing that is due to the next; real time is waited for.
  public boolean runUntil(Predicate<EmbeddedCluster> condition, Duration limit) {
    return options.clock() == ClockKind.VIRTUAL || !loop.hasRunningTime()
        ? jumpUntil(condition, limit)
        : waitUntil(condition, limit);
  }

  private boolean jumpUntil(Predicate<EmbeddedCluster> condition, Duration limit) {
    Instant end = now().plus(limit);
    while (!condition.test(this)) {
      if (!now().isBefore(end)) {
        return false;
      }
      loop.jump(end).join();
    }
    return true;
  }

  private boolean waitUntil(Predicate<EmbeddedCluster> condition, Duration limit) {
    Instant end = now().plus(limit);
    try {
      while (true) {
        ClusterState seen = loop.state();
        if (condition.test(this)) {
          return true;
        }
        Duration left = Duration.between(seen.now(), end);
        if (!left.isPositive()) {
          return false;
        }
        loop.awaitChange(seen, left.compareTo(SECOND) > 0 ? SECOND : left);
        loop.poke();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static final Duration SECOND = Duration.ofSeconds(1);

  @Override
  public String name() {
    return options.name();
  }

  @Override
  public ImmutableSet<Capability> capabilities() {
    return ImmutableSet.of(
        Capability.CLUSTER_ADMIN, Capability.DEFAULT_NAMESPACE, Capability.FORK, Capability.CLOCK);
  }

  @Override
  public ApiResponse request(ApiRequest request) {
    RequestInfo info = RequestInfo.parse(request.method(), request.target());
    Answer answer = answer(info, request, UserInfo.ADMIN);
    audit.record(now(), request, info, UserInfo.ADMIN, answer.reply().status());
    if (answer.reply() instanceof Reply.Stream(LongRunning running)) {
      return collect(running, answer);
    }
    return response(answer);
  }

  private static ApiResponse response(Answer answer) {
    return new ApiResponse(
        answer.reply().status(),
        Encoding.contentType(answer.reply()),
        Encoding.body(answer.reply()),
        answer.warnings());
  }

  /// A streaming answer as far as it can be had at once.
  private ApiResponse collect(LongRunning running, Answer answer) {
    return switch (running) {
      case LongRunning.Logs logs -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new LogReader(logs).next(loop.state(), out::writeBytes);
        yield new ApiResponse(200, "text/plain", out.toByteArray(), answer.warnings());
      }
      case LongRunning.Proxy proxy -> new ProxyCall(this).call(proxy, "GET", new byte[0]);
      case LongRunning.Watch _, LongRunning.Exec _, LongRunning.PortForward _ ->
          new ApiResponse(
              400,
              "text/plain",
              "this answer never ends: it cannot be collected"
                  .getBytes(java.nio.charset.StandardCharsets.UTF_8),
              answer.warnings());
    };
  }

  /// Answers a request: reads from the state as it is, writes through the loop.
  Answer answer(RequestInfo info, ApiRequest request, UserInfo user) {
    ApiServer server = ControlPlane.shared().apiServer();
    if (!info.mutating()) {
      return server.answer(loop.read(step -> serverRequest(info, request, user, step)));
    }
    try {
      return loop.submit(step -> server.answer(serverRequest(info, request, user, step))).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Ledger.UnkeptException unkept) {
        return refused(unkept);
      }
      throw e;
    }
  }

  private static Answer refused(Ledger.UnkeptException why) {
    StatusException refusal =
        StatusException.of(StatusReason.INTERNAL_ERROR, String.valueOf(why.getMessage()));
    return new Answer(new Reply.Single(refusal.code(), refusal.status()), ImmutableList.of());
  }

  private static ServerRequest serverRequest(
      RequestInfo info, ApiRequest request, UserInfo user, Step step) {
    return ServerRequest.of(info, request, user, step.transaction(), step.runtime());
  }

  /// Whose service account token it is, if it is one of this cluster.
  Optional<UserInfo> authenticate(String token) {
    ClusterState state = loop.state();
    return new ServiceAccountTokens(identity).authenticate(token, state.store(), state.now());
  }

  /// Whom a client certificate names, if this cluster's authority signed it.
  Optional<UserInfo> authenticate(X509Certificate certificate) {
    return new ClientAuthority(identity).authenticate(certificate, loop.state().now());
  }

  void record(ApiRequest request, RequestInfo info, UserInfo user, int status) {
    audit.record(now(), request, info, user, status);
  }

  @Override
  public ExecResult exec(
      String namespace, String pod, String container, List<String> command, Duration limit)
      throws ExecException {
    return new ExecCall(this).run(namespace, pod, container, command, limit);
  }

  @Override
  public ImmutableList<AuditEvent> auditLog() {
    return audit.events();
  }

  @Override
  public void advance(Duration duration) {
    runUntil(_ -> false, duration);
  }

  @Override
  public synchronized void reset() {
    checkpoints.clear();
    replaceLoop(
        BootedCluster.of(options).bornAs(options, identity), clock(options, options.birth()));
    audit.clear();
  }

  @Override
  public void close() {
    loop.close();
    if (journal != null) {
      journal.close();
    }
  }
}
