package dev.drydock.server.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real kubectl asks: what it shows and how it waits is what it does against Kubernetes.
final class KubectlReadsTest {
  @TempDir static Path home;
  private static SharedCluster cluster;
  private KubectlSession kubectl;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = new SharedCluster(home);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void openNamespace() throws Exception {
    kubectl = cluster.session();
  }

  @Test
  void proxies() throws Exception {
    kubectl.file(
        "through",
        """
        coproc P { exec kubectl proxy --port=0; }
        read -r line <&"${P[0]}"
        curl -s "http://${line##* }$1" "${@:2}"
        kill "$P_PID"
        """);
    kubectl.shows(
        """
        $ bash through /healthz
        ok
        $ bash through /api/v1/namespaces/<ns> -A kubectl | grep -o '"phase":"Active"'
        "phase":"Active"
        $ bash through /api/v1/namespaces/<ns> | grep -o '"phase": "Active"'
        "phase": "Active"
        $ bash through /api/v1/namespaces/<ns>?pretty=0 | grep -o '"phase":"Active"'
        "phase":"Active"
        $ bash through /api -H 'Host: elsewhere.example'
        Forbidden
        """);
  }

  @Test
  void explains() throws Exception {
    kubectl.shows(
        """
        $ kubectl explain deploy --recursive | head -11
        GROUP:      apps
        KIND:       Deployment
        VERSION:    v1

        DESCRIPTION:
            Deployment enables declarative updates for Pods and ReplicaSets.

        FIELDS:
          apiVersion	<string>
          kind	<string>
          metadata	<ObjectMeta>
        $ kubectl explain cronjob.spec.concurrencyPolicy | sed -n '4,9p'

        FIELD: concurrencyPolicy <string>
        ENUM:
            Allow
            Forbid
            Replace
        $ kubectl explain hpa --api-version=autoscaling/v1 | head -3
        GROUP:      autoscaling
        KIND:       HorizontalPodAutoscaler
        VERSION:    v1
        $ kubectl explain pods.spec.foo
        KIND:       Pod
        VERSION:    v1

        error: field "foo" does not exist
        [1]
        $ kubectl explain nosuch
        the server doesn't have a resource type "nosuch"
        [1]
        """);
  }

  @Test
  void explainsWhatADefinitionSays() throws Exception {
    kubectl.file(
        "crd.yaml",
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: boats.harbour.example}
        spec:
          group: harbour.example
          scope: Namespaced
          names: {plural: boats, singular: boat, kind: Boat, shortNames: [bt]}
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                description: A boat floats.
                properties:
                  spec:
                    type: object
                    required: [length]
                    properties:
                      length: {type: integer, description: In feet.}
        """);
    kubectl.shows(
        """
        $ kubectl apply -f crd.yaml
        customresourcedefinition.apiextensions.k8s.io/boats.harbour.example created
        $ kubectl wait --for=condition=Established crd/boats.harbour.example
        customresourcedefinition.apiextensions.k8s.io/boats.harbour.example condition met
        $ kubectl explain boats.spec
        GROUP:      harbour.example
        KIND:       Boat
        VERSION:    v1

        FIELD: spec <Object>


        DESCRIPTION:
            <empty>
        FIELDS:
          length	<integer> -required-
            In feet.


        $ kubectl delete -f crd.yaml
        customresourcedefinition.apiextensions.k8s.io "boats.harbour.example" deleted
        """);
  }

  @Test
  void showsDifferences() throws Exception {
    kubectl.file("one.yaml", configMap("one", "1"));
    kubectl.shows(
        """
        $ kubectl apply -f one.yaml
        configmap/one created
        $ kubectl diff -f one.yaml
        $ sed -i 's/"1"/"2"/' one.yaml
        $ kubectl diff -f one.yaml | grep '^[-+] '
        -  a: "1"
        +  a: "2"
        $ kubectl diff -f one.yaml > seen
        [1]
        $ kubectl diff --server-side -f one.yaml > seen
        [1]
        $ kubectl diff --server-side -f one.yaml | grep '^[-+] *a'
        -  a: "1"
        +  a: "2"
        $ kubectl diff -f nosuch.yaml
        error: the path "nosuch.yaml" does not exist
        [2]
        """);
  }

  private static String configMap(String name, String value) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\ndata: {a: \"%s\"}\n"
        .formatted(name, value);
  }

  @Test
  void tellsWhatOneMay() throws Exception {
    kubectl.shows(
        """
        $ kubectl auth can-i create pods
        yes
        $ kubectl auth can-i '*' '*' -A
        yes
        $ kubectl auth can-i create pods --as bob
        no
        [1]
        $ kubectl auth can-i list nosuch --as bob
        Warning: the server doesn't have a resource type 'nosuch'

        no
        [1]
        $ kubectl auth can-i get /healthz --as bob
        yes
        $ kubectl create role reader --verb=get,list --resource=pods,pods/log
        role.rbac.authorization.k8s.io/reader created
        $ kubectl create rolebinding bobs --role=reader --user=bob
        rolebinding.rbac.authorization.k8s.io/bobs created
        $ kubectl auth can-i get pods --subresource=log --as bob
        yes
        $ kubectl auth can-i get pods -n default --as bob
        no
        [1]
        $ kubectl auth can-i --list --as bob | grep pods
        pods/log  []  []  [get list]
        pods  []  []  [get list]
        $ kubectl auth can-i get nodes --as bob --as-group system:masters
        Warning: resource 'nodes' is not namespace scoped

        yes
        $ kubectl get secrets --as bob
        Error from server (Forbidden): secrets is forbidden: User "bob" cannot list resource "secrets" in API group "" in the namespace "<ns>"
        [1]
        $ kubectl auth whoami
        ATTRIBUTE   VALUE
        Username    kubernetes-admin
        Groups      [kubeadm:cluster-admins system:authenticated]
        $ kubectl auth whoami --as bob --as-group devs
        ATTRIBUTE   VALUE
        Username    bob
        Groups      [devs system:authenticated]
        """);
  }

  @Test
  void listsEvents() throws Exception {
    kubectl.shows(
        """
        $ kubectl events
        No events found in <ns> namespace.
        $ kubectl create deployment web --image=nginx:1.27
        deployment.apps/web created
        $ kubectl rollout status deployment web > /dev/null
        $ kubectl events --for deployment/web
        LAST SEEN   TYPE     REASON              OBJECT           MESSAGE
        0s          Normal   ScalingReplicaSet   Deployment/web   Scaled up replica set web-766486c5b6 from 0 to 1
        $ kubectl events --types Warning
        No events found in <ns> namespace.
        $ kubectl events --types Foo
        error: valid --types are Normal or Warning
        [1]
        $ kubectl events --for deployment/web -w --request-timeout=1s | head -2 | wc -l
        2
        """);
  }

  @Test
  void waits() throws Exception {
    kubectl.run("kubectl create deployment web --image=nginx:1.27 --replicas=2");
    kubectl.shows(
        """
        $ kubectl wait --for=condition=Available deploy/web
        deployment.apps/web condition met
        $ kubectl wait --for=condition=Available=false deploy/web --timeout=1s
        error: timed out waiting for the condition on deployments/web
        [1]
        $ kubectl wait --for=jsonpath='{.status.readyReplicas}'=2 deploy/web
        deployment.apps/web condition met
        $ kubectl wait --for=jsonpath='{.status.readyReplicas}' deploy/web
        deployment.apps/web condition met
        $ kubectl wait --for=jsonpath='{.status.readyReplicas}'=5 deploy/web --timeout=1s
        error: timed out waiting for the condition on deployments/web
        [1]
        $ kubectl wait --for=delete pod/nothere
        $ kubectl wait --for=create pod/nothere --timeout=1s
        error: timed out waiting for the condition
        [1]
        $ kubectl wait --for=condition=Ready pod/nothere --timeout=1s
        Error from server (NotFound): pods "nothere" not found
        [1]
        $ kubectl wait --for=condition=Ready pod -l app=none --timeout=1s
        error: no matching resources found
        [1]
        $ kubectl wait --for=condition=Ready pod -l app=web | cut -d- -f1
        pod/web
        pod/web
        $ kubectl wait --for=create cm/later > created & kubectl create cm later; wait; cat created
        configmap/later created
        configmap/later condition met
        """);
  }

  @Test
  void printsInEveryForm() throws Exception {
    kubectl.run("kubectl create deployment web --image=nginx:1.27 --replicas=0");
    kubectl.shows(
        """
        $ kubectl get deploy -o name
        deployment.apps/web
        $ kubectl get deploy -o custom-columns=N:.metadata.name,I:.spec.template.spec.containers[*].image,X:.nope
        N     I            X
        web   nginx:1.27   <none>
        $ kubectl get deploy -o jsonpath='{.items[*].metadata.name}{.items[*].nope}'
        web
        $ kubectl get deploy -o jsonpath='{.foo'
        error: error parsing jsonpath {.foo, unclosed action
        [1]
        $ kubectl get deploy -o go-template='{{range .items}}{{.kind}}{{end}}'
        Deployment
        $ kubectl get deploy web -L app --no-headers
        web   0/0   0     0     0s    web
        $ kubectl get deploy,cm --sort-by=.metadata.name -o name
        configmap/kube-root-ca.crt
        deployment.apps/web
        $ kubectl get pods
        No resources found in <ns> namespace.
        $ kubectl get po,nope
        error: the server doesn't have a resource type "nope"
        [1]
        $ kubectl get pods --field-selector foo=bar
        Error from server (BadRequest): Unable to find "/v1, Resource=pods" that match label selector "", field selector "foo=bar": field label not supported: foo
        [1]
        $ kubectl get deploy -w --output-watch-events --request-timeout=1s | head -2
        EVENT   NAME   READY   UP-TO-DATE   AVAILABLE   AGE
        ADDED   web    0/0     0            0           0s
        """);
  }

  @Test
  void describesTheServer() throws Exception {
    kubectl.shows(
        """
        $ kubectl api-resources --api-group=apps
        NAME                  SHORTNAMES   APIVERSION   NAMESPACED   KIND
        controllerrevisions                apps/v1      true         ControllerRevision
        daemonsets            ds           apps/v1      true         DaemonSet
        deployments           deploy       apps/v1      true         Deployment
        replicasets           rs           apps/v1      true         ReplicaSet
        statefulsets          sts          apps/v1      true         StatefulSet
        $ kubectl api-versions | head -4
        admissionregistration.k8s.io/v1
        apiextensions.k8s.io/v1
        apiregistration.k8s.io/v1
        apps/v1
        $ kubectl version | tail -1
        Server Version: v1.36.2
        $ kubectl cluster-info | sed 's/127[^/]*/SERVER/' | head -2
        Kubernetes control plane is running at https://SERVER
        CoreDNS is running at https://SERVER/api/v1/namespaces/kube-system/services/kube-dns:dns/proxy
        $ kubectl top node kuar-control-plane | head -1
        NAME                 CPU(cores)   CPU(%)   MEMORY(bytes)   MEMORY(%)
        $ kubectl top pod nope
        Error from server (NotFound): podmetrics.metrics.k8s.io "<ns>/nope" not found
        [1]
        $ kubectl config current-context
        kind-kuar
        $ kubectl config use-context nope
        error: no context exists with the name: "nope"
        [1]
        """);
  }

  @Test
  void servesAnOlderKubectlToo() throws Exception {
    Path older = Path.of("/usr/bin/kubectl");
    assumeTrue(Files.isExecutable(older), "no /usr/bin/kubectl here: the older one is not tried");
    KubectlSession with = cluster.session(older);
    with.file("one.yaml", configMap("one", "1"));
    with.shows(
        """
        $ kubectl apply -f one.yaml
        configmap/one created
        $ kubectl apply -f one.yaml
        configmap/one unchanged
        $ kubectl get configmap one -o jsonpath='{.data.a}'
        1
        $ kubectl explain pod.spec | head -2
        KIND:       Pod
        VERSION:    v1
        $ kubectl delete configmap one -o name
        configmap/one
        """);
  }
}
