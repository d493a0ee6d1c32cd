package dev.drydock.server.conformance;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real kubectl changes things: what it says and refuses is what it does against Kubernetes.
final class KubectlWritesTest {
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

  private void deploy(int replicas) throws Exception {
    kubectl.run("kubectl create deployment web --image=nginx:1.27 --replicas=" + replicas);
    kubectl.run("kubectl rollout status deployment web");
  }

  @Test
  void edits() throws Exception {
    deploy(0);
    kubectl.file("ed.sh", "sed -i \"$E\" \"$1\"\n");
    kubectl.shows(
        """
        $ E='s/^  replicas:.*/  replicas: 1/' KUBE_EDITOR='bash ed.sh' kubectl edit deploy web
        deployment.apps/web edited
        $ E='s/nosuch/x/' KUBE_EDITOR='bash ed.sh' kubectl edit deploy web
        Edit cancelled, no changes made.
        $ E='s/^  replicas:.*/  replicas: -1/' KUBE_EDITOR='bash ed.sh' kubectl edit deploy web 2>&1 | sed 's/kubectl-edit-[0-9]*/FILE/'
        error: deployments.apps "web" is invalid
        A copy of your changes has been stored to "/tmp/FILE.yaml"
        error: Edit cancelled, no valid changes were saved.
        $ E='s/^  name: web/  name: web2/' KUBE_EDITOR='bash ed.sh' kubectl edit deploy web 2>&1 | sed 's/kubectl-edit-[0-9]*/FILE/'
        A copy of your changes has been stored to "/tmp/FILE.yaml"
        error: At least one of apiVersion, kind and name was changed
        $ E='s/x/y/' KUBE_EDITOR='bash ed.sh' kubectl edit cm nope
        Error from server (NotFound): configmaps "nope" not found
        [1]
        """);
  }

  @Test
  void appliesOnTheServer() throws Exception {
    kubectl.file(
        "one.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata: {a: '1'}\n");
    kubectl.shows(
        """
        $ kubectl apply --server-side -f one.yaml
        configmap/one serverside-applied
        $ sed -i s/1\\'/2\\'/ one.yaml
        $ kubectl apply --server-side --field-manager other -f one.yaml 2>&1 | head -1
        error: Apply failed with 1 conflict: conflict with "kubectl": .data.a
        $ kubectl apply --server-side --field-manager other --force-conflicts -f one.yaml
        configmap/one serverside-applied
        """);
  }

  @Test
  void appliesPrunesAndRemembers() throws Exception {
    kubectl.file(
        "one.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one, labels: {p: x}}\n");
    kubectl.file(
        "two.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: two, labels: {p: x}}\n");
    kubectl.shows(
        """
        $ kubectl apply -f one.yaml -f two.yaml
        configmap/one created
        configmap/two created
        $ kubectl apply -f one.yaml --prune -l p=x --prune-allowlist=core/v1/ConfigMap
        configmap/one unchanged
        configmap/two pruned
        $ kubectl apply view-last-applied cm one
        apiVersion: v1
        kind: ConfigMap
        metadata:
          annotations: {}
          labels:
            p: x
          name: one
          namespace: <ns>
        $ KUBE_EDITOR='sed -i s/p:/q:/' kubectl apply edit-last-applied cm/one
        configmap/one edited
        $ kubectl apply set-last-applied -f one.yaml
        configmap/one configured
        $ kubectl create cm three
        configmap/three created
        $ kubectl get cm three -o yaml > three.yaml; kubectl apply set-last-applied -f three.yaml
        error: no last-applied-configuration annotation found on resource: three, to create the annotation, run the command with --create-annotation
        [1]
        """);
  }

  @Test
  void customises() throws Exception {
    kubectl.file(
        "k/kustomization.yaml",
        "resources: [cm.yaml]\nnamePrefix: pre-\nconfigMapGenerator:\n- name: gen\n  literals: [a=b]\n");
    kubectl.file("k/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kc}\n");
    kubectl.shows(
        """
        $ kubectl kustomize k | tail -4
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: pre-kc
        $ kubectl apply -k k
        configmap/pre-gen-4h2mbtbbt6 created
        configmap/pre-kc created
        $ kubectl diff -k k
        $ kubectl delete -k k
        configmap "pre-gen-4h2mbtbbt6" deleted from <ns> namespace
        configmap "pre-kc" deleted from <ns> namespace
        """);
  }

  @Test
  void labelsAnnotatesAndSets() throws Exception {
    deploy(0);
    kubectl.shows(
        """
        $ kubectl label deploy web tier=front
        deployment.apps/web labeled
        $ kubectl label deploy web tier=back
        error: 'tier' already has a value (front), and --overwrite is false
        [1]
        $ kubectl label deploy web tier-
        deployment.apps/web unlabeled
        $ kubectl annotate deploy web note=hi
        deployment.apps/web annotated
        $ kubectl annotate deploy web note=ho
        error: --overwrite is false but found the following declared annotation(s): 'note' already has a value (hi)
        [1]
        $ kubectl set image deploy/web nginx=nginx:1.26
        deployment.apps/web image updated
        $ kubectl set image deploy/web foo=nginx:1.26
        error: unable to find container named "foo"
        [1]
        $ kubectl set env deploy/web A=b
        deployment.apps/web env updated
        $ kubectl set env deploy/web --list
        # Deployment web, container nginx
        A=b
        $ kubectl set resources deploy/web --limits=cpu=200m,memory=64Mi
        deployment.apps/web resource requirements updated
        $ kubectl set resources deploy/web --requests=cpu=1
        error: failed to patch resources update to pod template Deployment.apps "web" is invalid: spec.template.spec.containers[0].resources.requests: Invalid value: "1": must be less than or equal to cpu limit of 200m
        [1]
        $ kubectl set serviceaccount deploy web default
        deployment.apps/web serviceaccount updated
        """);
  }

  @Test
  void rollsOutScalesAndExposes() throws Exception {
    deploy(1);
    kubectl.shows(
        """
        $ kubectl rollout undo deploy/web
        error: no rollout history found for deployment "web"
        [1]
        $ kubectl rollout undo deploy/web --to-revision=99
        error: unable to find specified revision 99 in history
        [1]
        $ kubectl rollout history deploy/web
        deployment.apps/web
        REVISION  CHANGE-CAUSE
        1         <none>

        $ kubectl rollout pause deploy/web
        deployment.apps/web paused
        $ kubectl rollout pause deploy/web
        error: deployments.apps "web" is already paused
        [1]
        $ kubectl rollout restart deploy/web
        error: deployments.apps "web" can't restart paused deployment (run rollout resume first)
        [1]
        $ kubectl rollout resume deploy/web
        deployment.apps/web resumed
        $ kubectl rollout restart deploy/web
        deployment.apps/web restarted
        $ kubectl rollout status deploy/web | tail -1
        deployment "web" successfully rolled out
        $ kubectl scale deploy/web --replicas=4 --current-replicas=7
        error: Expected replicas to be 7, was 1
        [1]
        $ kubectl scale deploy/web --replicas=2
        deployment.apps/web scaled
        $ kubectl autoscale deploy web --max=5 --cpu=50%
        horizontalpodautoscaler.autoscaling/web autoscaled
        $ kubectl autoscale deploy web --min=5 --max=2 --name x
        error: --max=MAXPODS must be larger or equal to --min=MINPODS, max: 2, min: 5
        [1]
        $ kubectl expose deploy web --port=80
        service/web exposed
        $ kubectl expose deploy web --port=80
        Error from server (AlreadyExists): services "web" already exists
        [1]
        $ kubectl set selector svc web app=other
        service/web selector updated
        """);
  }

  @Test
  void createsWhatIsRightAndRefusesTheRest() throws Exception {
    kubectl.shows(
        """
        $ kubectl create clusterrolebinding b --clusterrole=view --serviceaccount=b
        error: serviceaccount must be <namespace>:<name>
        [1]
        $ kubectl create configmap c --from-literal=a=b --from-literal=a=c
        error: cannot add key "a", another key by that name already exists in Data for ConfigMap "c"
        [1]
        $ kubectl create secret generic s --from-literal=p=q
        secret/s created
        $ kubectl create cronjob cj --image=busybox --schedule=bad -- date
        error: failed to create cronjob: CronJob.batch "cj" is invalid: spec.schedule: Invalid value: "bad": expected exactly 5 fields, found 1: [bad]
        [1]
        $ kubectl create job j --from=cronjob/nope
        Error from server (NotFound): cronjobs.batch "nope" not found
        [1]
        $ kubectl create ingress i --rule=foo.com/bar=svc1:8080,tls=cert --class=nginx
        ingress.networking.k8s.io/i created
        $ kubectl create pdb p --selector=app=x --min-available=1
        poddisruptionbudget.policy/p created
        $ kubectl create priorityclass pc --value=2000000000
        error: failed to create priorityclass: PriorityClass.scheduling.k8s.io "pc" is invalid: value: Forbidden: maximum allowed value of a user defined priority is 1000000000
        [1]
        $ kubectl create quota q --hard=pods=2
        resourcequota/q created
        $ kubectl create service nodeport sn --tcp=80 --node-port=80
        error: failed to create NodePort service: Service "sn" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767
        [1]
        $ kubectl create token nope
        error: failed to create token: serviceaccounts "nope" not found
        [1]
        $ kubectl create token default --duration=1m
        error: failed to create token: TokenRequest.authentication.k8s.io "default" is invalid: spec.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes
        [1]
        """);
  }

  @Test
  void worksInsideContainers() throws Exception {
    kubectl.run("kubectl run p --image=busybox --restart=Never -- sh -c 'echo hi; sleep 3600'");
    kubectl.run("kubectl wait --for=condition=Ready pod/p");
    kubectl.file("f.txt", "data\n");
    kubectl.shows(
        """
        $ kubectl logs p
        hi
        $ kubectl logs p -c nope
        error: container nope is not valid for pod p
        [1]
        $ kubectl logs p --previous
        Error from server (BadRequest): previous terminated container "p" in pod "p" not found
        [1]
        $ kubectl exec p -- sh -c 'exit 3'
        command terminated with exit code 3
        [3]
        $ echo in | kubectl exec -i p -- cat
        in
        $ kubectl exec p -c x -- ls
        Error from server (BadRequest): container x is not valid for pod p
        [1]
        $ kubectl cp f.txt p:/tmp/f.txt && kubectl exec p -- cat /tmp/f.txt
        data
        $ kubectl cp p:/tmp/f.txt g.txt; cat g.txt
        tar: removing leading '/' from member names
        data
        $ kubectl attach nope
        Error from server (NotFound): pods "nope" not found
        [1]
        $ kubectl port-forward pod/p 1:foo
        error: Pod 'p' does not have a named port 'foo'
        [1]
        $ kubectl debug p --image=busybox --target=nope --profile=general 2>&1 | tail -1
        The Pod "p" is invalid: spec.ephemeralContainers[0].targetContainerName: Not found: "nope"
        $ kubectl run q --image=busybox -i --rm --restart=Never --quiet -- echo hello
        hello
        $ kubectl delete pod p --grace-period=0 --force
        Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.
        pod "p" force deleted from <ns> namespace
        """);
  }

  @Test
  void looksAfterNodes() throws Exception {
    kubectl.shows(
        """
        $ kubectl cordon kuar-control-plane
        node/kuar-control-plane cordoned
        $ kubectl cordon kuar-control-plane
        node/kuar-control-plane already cordoned
        $ kubectl uncordon kuar-control-plane
        node/kuar-control-plane uncordoned
        $ kubectl drain nope
        Error from server (NotFound): nodes "nope" not found
        [1]
        $ kubectl taint node kuar-control-plane k=v:PreferNoSchedule
        node/kuar-control-plane tainted
        $ kubectl taint node kuar-control-plane k=v:PreferNoSchedule
        error: node kuar-control-plane already has k taint(s) with same effect(s) and --overwrite is false
        [1]
        $ kubectl taint node kuar-control-plane k-
        node/kuar-control-plane untainted
        $ kubectl taint node kuar-control-plane k-
        error: taint "k" not found
        [1]
        """);
  }

  @Test
  void replacesPatchesAndDeletes() throws Exception {
    kubectl.file("one.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\n");
    deploy(0);
    kubectl.shows(
        """
        $ kubectl replace -f one.yaml
        Error from server (NotFound): error when replacing "one.yaml": configmaps "one" not found
        [1]
        $ kubectl create -f one.yaml
        configmap/one created
        $ kubectl replace --force -f one.yaml
        configmap "one" deleted from <ns> namespace
        configmap/one replaced
        $ kubectl patch cm one -p '{"data":{"z":"1"}}'
        configmap/one patched
        $ kubectl patch cm one -p '{"data":{"z":"1"}}'
        configmap/one patched (no change)
        $ kubectl patch cm one --type json -p '[{"op":"test","path":"/data/z","value":"9"}]'
        The request is invalid: the server rejected our request due to an error in our request
        [1]
        $ kubectl patch cm one -p '{bad'
        Error from server (BadRequest): error decoding patch: invalid character 'b' looking for beginning of object key string
        [1]
        $ kubectl patch deploy web --subresource=scale --type=merge -p '{"spec":{"replicas":1}}'
        scale.autoscaling/web patched
        $ kubectl delete deploy web --cascade=orphan
        deployment.apps "web" deleted from <ns> namespace
        $ kubectl delete rs -l app=web --cascade=foreground -o name
        replicaset.apps/web-766486c5b6
        $ kubectl delete cm one nope
        configmap "one" deleted from <ns> namespace
        Error from server (NotFound): configmaps "nope" not found
        [1]
        $ kubectl delete pod --field-selector status.phase=Failed
        No resources found
        $ kubectl delete pods
        error: resource(s) were provided, but no name was specified
        [1]
        """);
  }
}
