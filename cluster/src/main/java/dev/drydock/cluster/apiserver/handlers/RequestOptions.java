package dev.drydock.cluster.apiserver.handlers;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusException.GroupResourceName;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apiserver.ServerRequest;
import dev.drydock.cluster.apiserver.request.Query;
import java.util.List;

/// Checks the options in a request's query, or in the body of a deletion.
///
/// Models apimachinery/pkg/apis/meta/v1/validation and
/// meta/internalversion/validation.ValidateListOptions.
final class RequestOptions {
  private static final FieldPath MATCH = FieldPath.of("resourceVersionMatch");
  private static final FieldPath INITIAL = FieldPath.of("sendInitialEvents");
  private static final FieldPath DRY_RUN = FieldPath.of("dryRun");
  private static final FieldPath FIELD_MANAGER = FieldPath.of("fieldManager");
  private static final FieldPath PROPAGATION = FieldPath.of("propagationPolicy");
  private static final String EXACT = "Exact";
  private static final String NOT_OLDER_THAN = "NotOlderThan";
  private static final int FIELD_MANAGER_BYTES_MAX = 128;
  private static final ImmutableList<String> VALIDATIONS =
      ImmutableList.of("", "Ignore", "Strict", "Warn");
  private static final ImmutableList<String> POLICIES =
      ImmutableList.of("Foreground", "Background", "Orphan");

  private RequestOptions() {}

  static void checkList(Query query) {
    checkNumbers(query);
    FieldErrors errors = new FieldErrors();
    String match = query.get("resourceVersionMatch");
    String version = query.get("resourceVersion");
    if (!match.isEmpty()) {
      if (version.isEmpty()) {
        errors.forbidden(
            MATCH, "resourceVersionMatch is forbidden unless resourceVersion is provided");
      }
      if (!query.get("continue").isEmpty()) {
        errors.forbidden(MATCH, "resourceVersionMatch is forbidden when continue is provided");
      }
      if (!match.equals(EXACT) && !match.equals(NOT_OLDER_THAN)) {
        errors.notSupported(MATCH, match, List.of(EXACT, NOT_OLDER_THAN, ""));
      }
      if (match.equals(EXACT) && version.equals("0")) {
        errors.forbidden(
            MATCH, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
      }
    }
    if (query.has("sendInitialEvents")) {
      errors.forbidden(INITIAL, "sendInitialEvents is forbidden for list");
    }
    refuse("ListOptions", errors);
  }

  static void checkWatch(Query query) {
    checkNumbers(query);
    FieldErrors errors = new FieldErrors();
    String match = query.get("resourceVersionMatch");
    boolean initial = query.has("sendInitialEvents");
    if (initial && !match.equals(NOT_OLDER_THAN)) {
      errors.forbidden(
          MATCH, "sendInitialEvents requires setting resourceVersionMatch to " + NOT_OLDER_THAN);
    }
    if (!match.isEmpty()) {
      if (!initial) {
        errors.forbidden(
            MATCH,
            "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
      }
      if (!match.equals(NOT_OLDER_THAN)) {
        errors.notSupported(MATCH, match, List.of(NOT_OLDER_THAN));
      }
      if (!query.get("continue").isEmpty()) {
        errors.forbidden(MATCH, "resourceVersionMatch is forbidden when continue is provided");
      }
    }
    refuse("ListOptions", errors);
  }

  private static void checkNumbers(Query query) {
    for (String name : new String[] {"timeoutSeconds", "limit"}) {
      checkNumber(query, name);
    }
  }

  /// Go's conversion refuses what is no number before anything else is looked at.
  private static void checkNumber(Query query, String name) {
    String text = query.get(name);
    if (query.has(name) && !text.matches("[+-]?[0-9]{1,18}")) {
      throw StatusException.badRequest(
          "strconv.ParseInt: parsing %s: invalid syntax".formatted(FieldErrors.quote(text)));
    }
  }

  /// The options of a request that writes an object.
  static void checkWrite(ServerRequest request) {
    Query query = request.info().query();
    if (!query.has("dryRun") && !query.has("fieldManager") && !query.has("fieldValidation")) {
      return;
    }
    FieldErrors errors = new FieldErrors();
    checkManager(query.get("fieldManager"), errors);
    checkDryRun(JsonArray.ofStrings(query.all("dryRun")), errors);
    String validation = query.get("fieldValidation");
    if (!VALIDATIONS.contains(validation)) {
      errors.notSupported(FieldPath.of("fieldValidation"), validation, VALIDATIONS);
    }
    refuse(
        switch (request.info().verb()) {
          case "update" -> "UpdateOptions";
          case "patch" -> "PatchOptions";
          default -> "CreateOptions";
        },
        errors);
  }

  private static void checkManager(String manager, FieldErrors errors) {
    if (manager.length() > FIELD_MANAGER_BYTES_MAX) {
      errors.tooLong(FIELD_MANAGER, FIELD_MANAGER_BYTES_MAX);
    }
    for (int i = 0; i < manager.length(); i++) {
      char c = manager.charAt(i);
      if (c < ' ' || c == 0x7f) {
        errors.invalid(
            FIELD_MANAGER,
            manager,
            "invalid character U+%04X (at position %d)".formatted((int) c, i));
      }
    }
  }

  private static void checkDryRun(JsonArray values, FieldErrors errors) {
    if (values.strings().anyMatch(value -> !value.equals("All"))) {
      errors.notSupported(DRY_RUN, values, List.of("All"));
    }
  }

  /// @param options a `DeleteOptions` object
  static void checkDelete(Query query, JsonObject options) {
    checkNumber(query, "gracePeriodSeconds");
    FieldErrors errors = new FieldErrors();
    String policy = options.string("propagationPolicy");
    if (options.has("propagationPolicy") && options.has("orphanDependents")) {
      errors.invalid(
          PROPAGATION, policy, "orphanDependents and deletionPropagation cannot be both set");
    }
    if (options.has("propagationPolicy") && !POLICIES.contains(policy)) {
      errors.notSupported(
          PROPAGATION, policy, ImmutableList.<String>builder().addAll(POLICIES).add("nil").build());
    }
    checkDryRun(JsonArray.ofStrings(query.all("dryRun")), errors);
    checkDryRun(options.array("dryRun"), errors);
    refuse("DeleteOptions", errors);
  }

  private static void refuse(String kind, FieldErrors errors) {
    if (!errors.isEmpty()) {
      throw StatusException.invalid(new GroupResourceName("meta.k8s.io", kind, ""), errors.list());
    }
  }
}
