package dev.drydock.cluster.embedded;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.AuditEvent;
import dev.drydock.cluster.Capability;
import dev.drydock.cluster.Cluster;
import dev.drydock.cluster.ExecResult;
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
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.loop.ClusterLoop;
import dev.drydock.cluster.loop.ClusterState;
import dev.drydock.cluster.loop.Machinery;
import dev.drydock.cluster.loop.Step;
import dev.drydock.cluster.time.RealTime;
import dev.drydock.cluster.time.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A cluster inside this JVM: a value stepped by a loop, with an API server in front.
public final class EmbeddedCluster implements Cluster {
  private final ClusterOptions options;
  private final ClusterIdentity identity;
  private final Machinery machinery;
  private final AuditLog audit = new AuditLog();
  private volatile ClusterLoop loop;

  private EmbeddedCluster(
      ClusterOptions options, ClusterIdentity identity, Machinery machinery, ClusterLoop loop) {
    this.options = options;
    this.identity = identity;
    this.machinery = machinery;
    this.loop = loop;
  }

  /// A new cluster, ready when this returns, whose keys come from the options' seed: for tests and
  /// grading, not for clusters that others can reach.
  public static EmbeddedCluster create(ClusterOptions options) {
    return create(options, Identities.ofSeed(options.seed()));
  }

  /// A new cluster with keys of its own, ready when this returns.
  public static EmbeddedCluster create(ClusterOptions options, ClusterIdentity identity) {
    BootedCluster booted = BootedCluster.of(options);
    return new EmbeddedCluster(
        options, identity, booted.machinery(), born(booted, options, identity));
  }

  private static ClusterLoop born(
      BootedCluster booted, ClusterOptions options, ClusterIdentity identity) {
    return new ClusterLoop(
        booted.bornAs(options, identity),
        booted.machinery(),
        options.clock() == ClockKind.REAL
            ? RealTime.startingAt(options.birth())
            : new VirtualTime(options.birth()));
  }

  /// An independent copy of this living cluster: same objects, programs, time and credentials.
  /// Costs next to nothing; neither sees what the other does afterwards. A fork's clock is virtual.
  public EmbeddedCluster fork() {
    ClusterState state = loop.state();
    return new EmbeddedCluster(
        options,
        identity,
        machinery,
        new ClusterLoop(state, machinery, new VirtualTime(state.now())));
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
    return loop.submit(step -> server.answer(serverRequest(info, request, user, step))).join();
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
  public void reset() {
    ClusterLoop old = loop;
    loop = born(BootedCluster.of(options), options, identity);
    audit.clear();
    old.close();
  }

  @Override
  public void close() {
    loop.close();
  }
}
