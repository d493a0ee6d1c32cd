package dev.drydock.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.AuditEvent;
import dev.drydock.cluster.Capability;
import dev.drydock.cluster.Cluster;
import dev.drydock.cluster.ExecResult;
import dev.drydock.cluster.KubeConfig;
import dev.drydock.server.cluster.ClusterSource;
import dev.drydock.server.cluster.LearnerCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// Clusters that hold still: one node and one pod, always the same. For tests of what surrounds a
/// cluster.
final class FakeClusters implements ClusterSource {

  static final String NODES =
      """
      {"kind":"NodeList","items":[{"metadata":{"name":"kuar-control-plane"},
       "status":{"allocatable":{"cpu":"4","memory":"8Gi"},
                 "conditions":[{"type":"Ready","status":"True"}]}}]}""";

  static final String PODS =
      """
      {"kind":"Table","columnDefinitions":[{"name":"Name"},{"name":"Ready"},{"name":"Status"},
                                           {"name":"Restarts"}],
       "rows":[{"cells":["kuard","1/1","Running",0],
         "object":{"metadata":{"namespace":"default","name":"kuard"},
           "spec":{"nodeName":"kuar-control-plane","containers":[{"name":"kuard","image":"kuard:blue",
             "resources":{"requests":{"cpu":"500m","memory":"1Gi"}}}]},
           "status":{"conditions":[{"type":"Ready","status":"True"}],
             "containerStatuses":[{"name":"kuard","ready":true,"state":{"running":{}}}]}}},
        {"cells":["web","0/1","ImagePullBackOff",3],
         "object":{"metadata":{"namespace":"default","name":"web"},
           "spec":{"nodeName":"kuar-control-plane","containers":[{"name":"web","image":"ngnix"}]},
           "status":{"containerStatuses":[{"name":"web","ready":false,"state":{"waiting":{}}}]}}},
        {"cells":["later","0/1","Pending",0],
         "object":{"metadata":{"namespace":"default","name":"later"},
           "spec":{"containers":[{"name":"later","image":"nginx"}]},"status":{}}}]}""";

  @Override
  public LearnerCluster create(String id) {
    KubeConfig config =
        new KubeConfig(
            "kuar", "https://127.0.0.1:1/clusters/" + id, "no certificate", "token-" + id);
    return new LearnerCluster(new Still(), config);
  }

  @Override
  public void close() {}

  private static final class Still implements Cluster {
    @Override
    public String name() {
      return "kuar";
    }

    @Override
    public ImmutableSet<Capability> capabilities() {
      return ImmutableSet.of();
    }

    @Override
    public ApiResponse request(ApiRequest request) {
      String body =
          switch (request.path()) {
            case "/api/v1/nodes" -> NODES;
            case "/api/v1/pods" -> PODS;
            default -> "{\"kind\":\"Status\",\"message\":\"not found\"}";
          };
      int status = body.contains("Status\",\"message") ? 404 : 200;
      return new ApiResponse(
          status, "application/json", body.getBytes(StandardCharsets.UTF_8), ImmutableList.of());
    }

    @Override
    public ExecResult exec(
        String namespace, String pod, String container, List<String> command, Duration limit) {
      return new ExecResult(0, "", "");
    }

    @Override
    public ImmutableList<AuditEvent> auditLog() {
      return ImmutableList.of();
    }

    @Override
    public void advance(Duration duration) {}

    @Override
    public void reset() {}

    @Override
    public void close() {}
  }
}
