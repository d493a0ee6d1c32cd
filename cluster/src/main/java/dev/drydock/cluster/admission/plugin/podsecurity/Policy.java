package dev.drydock.cluster.admission.plugin.podsecurity;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import java.util.Map;
import java.util.Optional;

/// What the labels of a namespace ask for: what is refused, what is recorded and what is warned of.
///
/// Models PolicyToEvaluate of pod-security-admission/api.
///
/// @param errors what is wrong with the labels
record Policy(LevelVersion enforce, LevelVersion audit, LevelVersion warn, FieldErrors errors) {
  private static final String PREFIX = "pod-security.kubernetes.io/";

  /// A level of one version: `restricted:latest`.
  record LevelVersion(Level level, PolicyVersion version) {
    @Override
    public String toString() {
      return level + ":" + version;
    }
  }

  static Policy of(JsonObject namespace) {
    FieldErrors errors = new FieldErrors();
    ImmutableMap<String, String> labels = ObjectMeta.labels(namespace);
    return new Policy(
        mode(labels, "enforce", Level.RESTRICTED, errors),
        mode(labels, "audit", Level.PRIVILEGED, errors),
        mode(labels, "warn", Level.PRIVILEGED, errors),
        errors);
  }

  /// @param unreadable the level that a wrong label stands for
  private static LevelVersion mode(
      Map<String, String> labels, String mode, Level unreadable, FieldErrors errors) {
    String level = labels.get(PREFIX + mode);
    String version = labels.get(PREFIX + mode + "-version");
    Optional<Level> knownLevel = level == null ? Optional.empty() : Level.parse(level);
    Optional<PolicyVersion> knownVersion =
        version == null ? Optional.empty() : PolicyVersion.parse(version);
    if (level != null && knownLevel.isEmpty()) {
      wrong(mode, level, "must be one of privileged, baseline, restricted", errors);
    }
    if (version != null && knownVersion.isEmpty()) {
      wrong(mode + "-version", version, "must be \"latest\" or \"v1.x\"", errors);
    }
    return new LevelVersion(
        level == null ? Level.PRIVILEGED : knownLevel.orElse(unreadable),
        knownVersion.orElse(PolicyVersion.LATEST));
  }

  private static void wrong(String label, String value, String why, FieldErrors errors) {
    errors.invalid(
        FieldPath.of("metadata").child("labels").key(PREFIX + label), Json.of(value), why);
  }

  /// Whether nothing is asked of anything.
  boolean isPrivileged() {
    return enforce.level() == Level.PRIVILEGED && asksNothingOfTemplates();
  }

  boolean asksNothingOfTemplates() {
    return audit.level() == Level.PRIVILEGED && warn.level() == Level.PRIVILEGED;
  }
}
