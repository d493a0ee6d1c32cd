package dev.drydock.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.reflect.TypeToken;
import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.KubeConfig;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.time.RealTime;
import io.kubernetes.client.Exec;
import io.kubernetes.client.PodLogs;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.util.CallGeneratorParams;
import io.kubernetes.client.util.Config;
import io.kubernetes.client.util.PatchUtils;
import io.kubernetes.client.util.Watch;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/// The official Java client against an embedded cluster over HTTPS. Not checked for nulls: the
/// client's models may say null anywhere.
@NullUnmarked
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class OfficialClientTest {
  private static ClusterEndpoint endpoint;
  private static EmbeddedCluster cluster;
  private static ApiClient client;
  private String namespace = "";

  @BeforeAll
  static void serve() throws Exception {
    endpoint = ClusterEndpoint.open("127.0.0.1", 0);
    cluster =
        EmbeddedCluster.create(
            ClusterOptions.named("kuar", ClockKind.REAL, RealTime.wallClock(), 5),
            endpoint.newIdentity());
    KubeConfig kubeConfig = endpoint.serve("", cluster);
    client = Config.fromConfig(new StringReader(kubeConfig.yaml()));
    client.setReadTimeout(0);
  }

  @AfterAll
  static void close() {
    cluster.close();
    endpoint.close();
  }

  @BeforeEach
  void ownNamespace(TestInfo test) throws Exception {
    namespace = test.getTestMethod().orElseThrow().getName().toLowerCase(java.util.Locale.ROOT);
    core()
        .createNamespace(
            new io.kubernetes.client.openapi.models.V1Namespace()
                .metadata(new V1ObjectMeta().name(namespace)))
        .execute();
  }

  private static CoreV1Api core() {
    return new CoreV1Api(client);
  }

  private V1ConfigMap configMap(String name, Map<String, String> data) throws ApiException {
    return core()
        .createNamespacedConfigMap(
            namespace, new V1ConfigMap().metadata(new V1ObjectMeta().name(name)).data(data))
        .execute();
  }

  private static V1PodSpec running(String... command) {
    return new V1PodSpec()
        .terminationGracePeriodSeconds(0L)
        .containers(
            List.of(new V1Container().name("c").image("busybox:1.36").command(List.of(command))));
  }

  private void runningPod(String name, String... command) throws Exception {
    core()
        .createNamespacedPod(
            namespace, new V1Pod().metadata(new V1ObjectMeta().name(name)).spec(running(command)))
        .execute();
    try (Watch<V1Pod> watch =
        Watch.createWatch(
            client,
            core()
                .listNamespacedPod(namespace)
                .fieldSelector("metadata.name=" + name)
                .watch(true)
                .buildCall(null),
            new TypeToken<Watch.Response<V1Pod>>() {}.getType())) {
      for (Watch.Response<V1Pod> event : watch) {
        if ("Running".equals(event.object.getStatus().getPhase())) {
          return;
        }
      }
    }
    throw new AssertionError("the pod did not run before its watch ended");
  }

  @Test
  void listsInPages() throws Exception {
    for (int i = 0; i < 7; i++) {
      configMap("c" + i, Map.of());
    }
    List<String> names = new ArrayList<>();
    String token = null;
    do {
      V1ConfigMapList page =
          core().listNamespacedConfigMap(namespace).limit(3)._continue(token).execute();
      page.getItems().forEach(item -> names.add(item.getMetadata().getName()));
      token = page.getMetadata().getContinue();
    } while (token != null);

    assertThat(names).contains("c0", "c6").hasSize(8);
  }

  @Test
  void watchesFromAListOn() throws Exception {
    configMap("before", Map.of());
    String version =
        core().listNamespacedConfigMap(namespace).execute().getMetadata().getResourceVersion();
    configMap("after", Map.of("a", "1"));
    core().deleteNamespacedConfigMap("after", namespace).execute();

    List<String> events = new ArrayList<>();
    try (Watch<V1ConfigMap> watch =
        Watch.createWatch(
            client,
            core()
                .listNamespacedConfigMap(namespace)
                .resourceVersion(version)
                .watch(true)
                .buildCall(null),
            new TypeToken<Watch.Response<V1ConfigMap>>() {}.getType())) {
      for (Watch.Response<V1ConfigMap> event : watch) {
        events.add(event.type + " " + event.object.getMetadata().getName());
        if (events.size() == 2) {
          break;
        }
      }
    }
    assertThat(events).containsExactly("ADDED after", "DELETED after");
  }

  @Test
  void keepsAnInformerCurrent() throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    configMap("first", Map.of("n", "1"));
    SharedInformerFactory factory = new SharedInformerFactory(client);
    try {
      SharedIndexInformer<V1ConfigMap> informer =
          factory.sharedIndexInformerFor(
              (CallGeneratorParams params) ->
                  core()
                      .listNamespacedConfigMap(namespace)
                      .resourceVersion(params.resourceVersion)
                      .timeoutSeconds(params.timeoutSeconds)
                      .watch(params.watch)
                      .fieldSelector("metadata.name!=kube-root-ca.crt")
                      .buildCall(null),
              V1ConfigMap.class,
              V1ConfigMapList.class);
      informer.addEventHandler(new Recorder(told));
      factory.startAllRegisteredInformers();
      assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo("added first");

      configMap("second", Map.of());
      assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo("added second");
      core()
          .replaceNamespacedConfigMap(
              "first",
              namespace,
              core().readNamespacedConfigMap("first", namespace).execute().data(Map.of("n", "2")))
          .execute();
      assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo("updated first");
      core().deleteNamespacedConfigMap("second", namespace).execute();
      assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo("deleted second");
      assertThat(informer.getIndexer().getByKey(namespace + "/first").getData())
          .containsEntry("n", "2");
    } finally {
      factory.stopAllRegisteredInformers();
    }
  }

  private record Recorder(BlockingQueue<String> told) implements ResourceEventHandler<V1ConfigMap> {
    @Override
    public void onAdd(V1ConfigMap object) {
      told.add("added " + object.getMetadata().getName());
    }

    @Override
    public void onUpdate(V1ConfigMap old, V1ConfigMap object) {
      told.add("updated " + object.getMetadata().getName());
    }

    @Override
    public void onDelete(V1ConfigMap object, boolean unknown) {
      told.add("deleted " + object.getMetadata().getName());
    }
  }

  @Test
  void patchesInAllFourWays() throws Exception {
    new AppsV1Api(client)
        .createNamespacedDeployment(
            namespace,
            new V1Deployment()
                .metadata(new V1ObjectMeta().name("web"))
                .spec(
                    new V1DeploymentSpec()
                        .selector(new V1LabelSelector().matchLabels(Map.of("app", "web")))
                        .template(
                            new V1PodTemplateSpec()
                                .metadata(new V1ObjectMeta().labels(Map.of("app", "web")))
                                .spec(
                                    new V1PodSpec()
                                        .containers(
                                            List.of(
                                                new V1Container()
                                                    .name("web")
                                                    .image("nginx:1.27")))))))
        .execute();

    V1Deployment json =
        patch(
            V1Patch.PATCH_FORMAT_JSON_PATCH,
            "[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":2}]");
    assertThat(json.getSpec().getReplicas()).isEqualTo(2);
    V1Deployment merge =
        patch(
            V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
            "{\"metadata\":{\"labels\":{\"tier\":\"front\"}}}");
    assertThat(merge.getMetadata().getLabels()).containsEntry("tier", "front");
    V1Deployment strategic =
        patch(
            V1Patch.PATCH_FORMAT_STRATEGIC_MERGE_PATCH,
            "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"side\",\"image\":\"busybox:1.36\"}]}}}}");
    assertThat(strategic.getSpec().getTemplate().getSpec().getContainers())
        .extracting(V1Container::getName)
        .containsExactlyInAnyOrder("web", "side");
    V1Deployment applied =
        PatchUtils.patch(
            V1Deployment.class,
            () ->
                new AppsV1Api(client)
                    .patchNamespacedDeployment(
                        "web",
                        namespace,
                        new V1Patch(
                            "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"web\",\"annotations\":{\"by\":\"me\"}}}"))
                    .fieldManager("tester")
                    .buildCall(null),
            V1Patch.PATCH_FORMAT_APPLY_YAML,
            client);
    assertThat(applied.getMetadata().getAnnotations()).containsEntry("by", "me");
    assertThat(managers()).contains("tester Apply");
  }

  /// Who manages fields of the deployment; the client's models leave that out.
  private List<String> managers() {
    return cluster
        .request(ApiRequest.get("/apis/apps/v1/namespaces/%s/deployments/web".formatted(namespace)))
        .object()
        .array("metadata", "managedFields")
        .objects()
        .map(entry -> entry.string("manager") + " " + entry.string("operation"))
        .toList();
  }

  private V1Deployment patch(String format, String body) throws ApiException {
    return PatchUtils.patch(
        V1Deployment.class,
        () ->
            new AppsV1Api(client)
                .patchNamespacedDeployment("web", namespace, new V1Patch(body))
                .buildCall(null),
        format,
        client);
  }

  @Test
  void readsConflictsAndAbsences() throws Exception {
    V1ConfigMap old = configMap("shared", Map.of("a", "1"));
    core().replaceNamespacedConfigMap("shared", namespace, old.data(Map.of("a", "2"))).execute();

    assertThatThrownBy(
            () ->
                core()
                    .replaceNamespacedConfigMap("shared", namespace, old.data(Map.of("a", "3")))
                    .execute())
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    assertThatThrownBy(() -> core().readNamespacedConfigMap("none", namespace).execute())
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> assertThat(e.getResponseBody()).contains("configmaps \\\"none\\\" not found"));
  }

  @Test
  void runsCommandsInContainers() throws Exception {
    runningPod("box", "sleep", "3600");

    Process process =
        new Exec(client)
            .exec(namespace, "box", new String[] {"sh", "-c", "read x; echo got $x; exit 3"}, true);
    process.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();

    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("got hello\n");
    assertThat(process.waitFor()).isEqualTo(3);
  }

  @Test
  void followsLogs() throws Exception {
    runningPod("talker", "sh", "-c", "for i in 1 2 3; do echo line $i; done; sleep 3600");

    try (InputStream log = new PodLogs(client).streamNamespacedPodLog(namespace, "talker", "c")) {
      byte[] first = new byte["line 1\nline 2\nline 3\n".length()];
      log.readNBytes(first, 0, first.length);
      assertThat(new String(first, StandardCharsets.UTF_8)).isEqualTo("line 1\nline 2\nline 3\n");
    }
  }
}
