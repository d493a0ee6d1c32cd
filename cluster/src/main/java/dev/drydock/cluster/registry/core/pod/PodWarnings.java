package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.registry.core.resource.NodeLabels;
import dev.drydock.cluster.registry.core.resource.Quantities;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What is allowed in a pod but hardly meant.
///
/// Models warningsForPodSpecAndMeta in pkg/api/pod/warnings.go.
public final class PodWarnings {
  private static final ImmutableList<String> OLD_ANNOTATIONS =
      ImmutableList.of(
          "scheduler.alpha.kubernetes.io/critical-pod",
          "security.alpha.kubernetes.io/sysctls",
          "security.alpha.kubernetes.io/unsafe-sysctls");
  private static final Map<String, String> OLD_VOLUMES =
      Map.of(
          "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+",
          "gitRepo", "deprecated in v1.11, and disabled by default in v1.33+",
          "scaleIO", "deprecated in v1.16, non-functional in v1.22+",
          "flocker", "deprecated in v1.22, non-functional in v1.25+",
          "storageos", "deprecated in v1.22, non-functional in v1.25+",
          "quobyte", "deprecated in v1.22, non-functional in v1.25+",
          "glusterfs", "deprecated in v1.25, non-functional in v1.26+",
          "cephfs", "deprecated in v1.28, non-functional in v1.31+",
          "rbd", "deprecated in v1.28, non-functional in v1.31+");

  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
  private static final String SECCOMP = "container.seccomp.security.alpha.kubernetes.io/";
  private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

  private final ImmutableList.Builder<String> warnings = ImmutableList.builder();
  private final JsonObject spec;
  private final FieldPath path;

  private PodWarnings(JsonObject spec, FieldPath path) {
    this.spec = spec;
    this.path = path;
  }

  static ImmutableList<String> ofPod(JsonObject pod) {
    return ofTemplate(pod, new FieldPath(""));
  }

  public static ImmutableList<String> ofTemplate(JsonObject template, FieldPath path) {
    PodWarnings found = new PodWarnings(template.object("spec"), path.child("spec"));
    found.nodeLabels();
    found.nodeAffinity();
    found.spreading();
    found.annotations(template, path);
    found.volumes();
    found.duplicates();
    found.overhead();
    Map<String, String> annotations = ObjectMeta.annotations(template);
    FieldPath annotationsPath = path.child("metadata").child("annotations");
    found.seccomp(annotations, annotationsPath);
    boolean isTemplate = !path.text().isEmpty();
    for (String kind : new String[] {"initContainers", "containers", "ephemeralContainers"}) {
      Elements.each(
          found.spec.array(kind),
          found.path.child(kind),
          (one, at) -> {
            found.containerAnnotations(one, annotations, annotationsPath, isTemplate);
            found.container(one, at);
          });
    }
    new PortWarnings(found.warnings::add).check(found.spec, found.path);
    found.gracePeriod();
    found.affinity();
    return found.warnings.build();
  }

  private void warn(FieldPath at, String message) {
    warnings.add(at + ": " + message);
  }

  private void nodeLabels() {
    for (String label : spec.object("nodeSelector").fields().keySet()) {
      String instead = NodeLabels.deprecation(label);
      if (!instead.isEmpty()) {
        warn(path.child("nodeSelector").key(label), instead);
      }
    }
  }

  private void nodeAffinity() {
    JsonObject affinity = spec.object("affinity", "nodeAffinity");
    FieldPath at = path.child("affinity").child("nodeAffinity");
    Elements.each(
        affinity.array(REQUIRED, "nodeSelectorTerms"),
        at.child(REQUIRED).child("nodeSelectorTerms"),
        (term, termPath) -> NodeLabels.warnOfTerm(term, false, termPath, warnings::add));
    Elements.each(
        affinity.array(PREFERRED),
        at.child(PREFERRED),
        (term, termPath) ->
            NodeLabels.warnOfTerm(
                term.object("preference"), true, termPath.child("preference"), warnings::add));
  }

  private void spreading() {
    Elements.each(
        spec.array("topologySpreadConstraints"),
        path.child("topologySpreadConstraints"),
        (constraint, at) -> {
          String key = constraint.string("topologyKey");
          if (!NodeLabels.deprecation(key).isEmpty()) {
            warn(at.child("topologyKey"), key + " is " + NodeLabels.deprecation(key));
          }
          selector(constraint, at);
        });
  }

  private void selector(JsonObject term, FieldPath at) {
    if (!term.has("labelSelector")) {
      warn(at.child("labelSelector"), "a null labelSelector results in matching no pod");
    }
  }

  private void annotations(JsonObject template, FieldPath root) {
    Map<String, String> annotations = ObjectMeta.annotations(template);
    FieldPath at = root.child("metadata").child("annotations");
    for (String old : OLD_ANNOTATIONS) {
      if (annotations.containsKey(old)) {
        warn(
            at.key(old),
            old.contains("critical")
                ? "non-functional in v1.16+; use the \"priorityClassName\" field instead"
                : "non-functional in v1.11+; use the \"sysctls\" field instead");
      }
    }
  }

  private void volumes() {
    VolumeWarnings volumes = new VolumeWarnings(warnings::add);
    Elements.each(
        spec.array("volumes"),
        path.child("volumes"),
        (volume, at) -> {
          for (String source : volume.fields().keySet()) {
            String message = OLD_VOLUMES.get(source);
            if (message != null) {
              warn(at.child(source.equals("storageos") ? "storageOS" : source), message);
            }
          }
          volumes.claim(volume, at);
        });
    spec.array("volumes").objects().forEach(volumes::overlaps);
  }

  private void duplicates() {
    Set<String> addresses = new HashSet<>();
    Elements.each(
        spec.array("hostAliases"),
        path.child("hostAliases"),
        (alias, at) -> {
          if (!addresses.add(alias.string("ip"))) {
            warn(at.child("ip"), "duplicate ip " + FieldErrors.quote(alias.string("ip")));
          }
        });
    Set<String> secrets = new HashSet<>();
    FieldPath list = path.child("imagePullSecrets");
    Elements.each(
        spec.array("imagePullSecrets"),
        list,
        (secret, at) -> {
          if (!secrets.add(secret.string("name"))) {
            warn(at.child("name"), "duplicate name " + FieldErrors.quote(secret.string("name")));
          }
        });
    Elements.each(
        spec.array("imagePullSecrets"),
        list,
        (secret, at) -> {
          if (secret.string("name").isEmpty()) {
            warn(at.child("name"), "invalid empty name \"\"");
          }
        });
  }

  private void overhead() {
    for (String resource : new String[] {"memory", "ephemeral-storage"}) {
      Quantity amount = Quantities.at(spec, "overhead", resource);
      fraction(amount, path.child("overhead").key(resource));
    }
  }

  private void fraction(Quantity amount, FieldPath at) {
    if (amount.milliValue() % 1000 != 0) {
      warn(
          at,
          "fractional byte value %s is invalid, must be an integer"
              .formatted(FieldErrors.quote(amount.toString())));
    }
  }

  private void seccomp(Map<String, String> annotations, FieldPath at) {
    String seccomp = "seccomp.security.alpha.kubernetes.io/pod";
    if (annotations.containsKey(seccomp) && spec.at("securityContext", "seccompProfile") == null) {
      warn(at.key(seccomp), "non-functional in v1.27+; use the \"seccompProfile\" field instead");
    }
  }

  private void containerAnnotations(
      JsonObject container, Map<String, String> annotations, FieldPath at, boolean isTemplate) {
    String seccomp = SECCOMP + container.string("name");
    if (annotations.containsKey(seccomp)
        && container.at("securityContext", "seccompProfile") == null) {
      warn(at.key(seccomp), "non-functional in v1.27+; use the \"seccompProfile\" field instead");
    }
    String appArmor = APP_ARMOR + container.string("name");
    boolean hasProfile =
        spec.at("securityContext", "appArmorProfile") != null
            || container.at("securityContext", "appArmorProfile") != null;
    if (isTemplate && !hasProfile && annotations.containsKey(appArmor)) {
      warn(at.key(appArmor), "deprecated since v1.30; use the \"appArmorProfile\" field instead");
    }
  }

  private void container(JsonObject container, FieldPath at) {
    for (String resource : new String[] {"memory", "ephemeral-storage"}) {
      for (String kind : new String[] {"limits", "requests"}) {
        fraction(
            Quantities.at(container, "resources", kind, resource),
            at.child("resources").child(kind).key(resource));
      }
    }
    Set<String> names = new HashSet<>();
    Elements.each(
        container.array("env"),
        at.child("env"),
        (variable, envPath) -> {
          String name = variable.string("name");
          if (!names.add(name) && hidesPrevious(variable)) {
            warn(
                envPath,
                "hides previous definition of %s, which may be dropped when using apply"
                    .formatted(FieldErrors.quote(name)));
          }
        });
  }

  /// One that extends the value before, as `X=$(X)more`, is meant.
  private static boolean hidesPrevious(JsonObject variable) {
    String reference = "$(" + variable.string("name") + ")";
    String value = variable.string("value");
    return variable.has("valueFrom") || value.equals(reference) || !value.contains(reference);
  }

  private void gracePeriod() {
    if (spec.integer(0, "terminationGracePeriodSeconds") < 0) {
      warn(
          path.child("terminationGracePeriodSeconds"),
          "must be >= 0; negative values are invalid and will be treated as 1");
    }
  }

  private void affinity() {
    for (String kind : new String[] {"podAffinity", "podAntiAffinity"}) {
      JsonObject affinity = spec.object("affinity", kind);
      FieldPath at = path.child("affinity").child(kind);
      Elements.each(affinity.array(REQUIRED), at.child(REQUIRED), this::selector);
      Elements.each(
          affinity.array(PREFERRED),
          at.child(PREFERRED),
          (term, termPath) ->
              selector(term.object("podAffinityTerm"), termPath.child("podAffinityTerm")));
    }
  }
}
