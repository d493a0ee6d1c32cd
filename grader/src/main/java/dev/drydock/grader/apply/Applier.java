package dev.drydock.grader.apply;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.grader.evidence.ApiClient;
import dev.drydock.grader.evidence.Discovery;
import dev.drydock.grader.submission.SubmittedDocument;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Applies manifests one after the other, as `kubectl apply --validate=strict -f` does: a refused
/// one does not stop those after it.
///
/// Models kubectl `pkg/cmd/apply`. An object that exists already is changed by the patch that the
/// difference from its last applied configuration makes; items that a list has lost stay.
public final class Applier {
  private static final String MANAGER =
      "fieldValidation=Strict&fieldManager=kubectl-client-side-apply";
  private static final Pattern FIELD =
      Pattern.compile("unknown field \"([^\"]+)\"|(?:invalid: |^)([a-z][\\w.\\[\\]]*): ");

  private final ApiClient client;

  public Applier(ApiClient client) {
    this.client = client;
  }

  public ImmutableList<ApplyResult> apply(Iterable<SubmittedDocument> manifests) {
    ImmutableList.Builder<ApplyResult> results = ImmutableList.builder();
    manifests.forEach(manifest -> results.add(apply(manifest)));
    return results.build();
  }

  private ApplyResult apply(SubmittedDocument manifest) {
    JsonObject object = manifest.object();
    String kind = object.string("kind");
    String apiVersion = object.string("apiVersion");
    if (kind.isEmpty() || apiVersion.isEmpty()) {
      return rejected(manifest, "error validating data: " + missing(apiVersion, kind), "");
    }
    String name = object.string("metadata", "name");
    if (name.isEmpty()) {
      return rejected(manifest, nameless(object), "metadata");
    }
    Optional<Discovery.Resource> resource = client.discovery().find(apiVersion, kind);
    return resource.isEmpty()
        ? rejected(
            manifest,
            "no matches for kind \"%s\" in version \"%s\"".formatted(kind, apiVersion),
            "kind")
        : send(manifest, resource.get(), name);
  }

  private static String missing(String apiVersion, String kind) {
    if (!apiVersion.isEmpty()) {
      return "kind not set";
    }
    return kind.isEmpty() ? "[apiVersion not set, kind not set]" : "apiVersion not set";
  }

  private static String nameless(JsonObject object) {
    String generateName = object.string("metadata", "generateName");
    return generateName.isEmpty()
        ? "resource name may not be empty"
        : "from %s: cannot use generate name with apply".formatted(generateName);
  }

  private ApplyResult send(SubmittedDocument manifest, Discovery.Resource resource, String name) {
    JsonObject object = manifest.object();
    String namespace = namespace(object);
    ApiResponse current = client.get(resource.path(namespace, name));
    ApiResponse response =
        switch (current.status()) {
          case 404 -> create(object, resource.path(namespace, ""));
          case 200 -> patch(object, current.object(), resource.path(namespace, name));
          default -> current;
        };
    if (response.ok()) {
      return new ApplyResult.Applied("%s/%s".formatted(resource.plural(), name));
    }
    return rejected(manifest, response.message(), field(response));
  }

  private static String namespace(JsonObject object) {
    String namespace = object.string("metadata", "namespace");
    return namespace.isEmpty() ? "default" : namespace;
  }

  private ApiResponse create(JsonObject object, String path) {
    return client.send(
        ApiRequest.of(
            "POST",
            path + "?" + MANAGER,
            ApiRequest.JSON,
            JsonWriter.bytes(LastApplied.annotate(object))));
  }

  private ApiResponse patch(JsonObject object, JsonObject current, String path) {
    JsonObject patch = LastApplied.patch(current, object);
    byte[] body = JsonWriter.bytes(patch);
    String target = path + "?" + MANAGER;
    ApiResponse response =
        client.send(ApiRequest.of("PATCH", target, ApiRequest.STRATEGIC_MERGE_PATCH, body));
    return response.status() == 415
        ? client.send(ApiRequest.of("PATCH", target, ApiRequest.MERGE_PATCH, body))
        : response;
  }

  /// The field that a refusal is about, where it names one.
  private static String field(ApiResponse response) {
    Optional<String> cause =
        response
            .object()
            .array("details", "causes")
            .objects()
            .map(each -> each.string("field"))
            .filter(field -> !field.isEmpty())
            .findFirst();
    return cause.orElseGet(() -> fieldIn(response.message()));
  }

  private static String fieldIn(String message) {
    Matcher matcher = FIELD.matcher(message);
    if (!matcher.find()) {
      return "";
    }
    return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
  }

  private static ApplyResult rejected(SubmittedDocument manifest, String message, String path) {
    return new ApplyResult.Rejected(message, path, manifest.locate(path));
  }
}
