package dev.drydock.cluster.apiserver;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusException.GroupResourceName;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.printers.PrintContext;
import dev.drydock.cluster.printers.Printers;
import dev.drydock.cluster.printers.TableGenerator;
import dev.drydock.cluster.printers.TableGenerator.Include;
import java.util.List;

/// The health of the control plane's parts, which is asked for but not stored. Models
/// pkg/registry/core/componentstatus.
final class ComponentStatuses {
  private static final ImmutableList<JsonObject> ALL =
      ImmutableList.of(status("scheduler"), status("controller-manager"), status("etcd-0"));

  private ComponentStatuses() {}

  static boolean answers(ApiResource resource) {
    return resource.groupResource().equals("componentstatuses");
  }

  private static JsonObject status(String name) {
    JsonObject condition =
        JsonObject.builder()
            .put("type", "Healthy")
            .put("status", "True")
            .put("message", "ok")
            .build();
    return JsonObject.builder()
        .put("kind", "ComponentStatus")
        .put("apiVersion", "v1")
        .put("metadata", JsonObject.of("name", Json.of(name)))
        .put("conditions", JsonArray.of(condition))
        .build();
  }

  static Reply answer(ServerRequest request) {
    String name = request.info().name();
    return switch (request.info().verb()) {
      case "get" -> {
        JsonObject found =
            ALL.stream()
                .filter(status -> status.string("metadata", "name").equals(name))
                .findFirst()
                .orElseThrow(
                    () ->
                        StatusException.notFound(
                            new GroupResourceName("", "componentstatuses", name)));
        yield request.wantsTable() ? table(request, List.of(found)) : new Reply.Single(200, found);
      }
      case "list" -> request.wantsTable() ? table(request, ALL) : list();
      default -> throw StatusException.methodNotAllowed();
    };
  }

  private static Reply list() {
    return new Reply.Single(
        200,
        JsonObject.builder()
            .put("kind", "ComponentStatusList")
            .put("apiVersion", "v1")
            .put("metadata", JsonObject.EMPTY)
            .put("items", JsonArray.copyOf(ALL))
            .build());
  }

  private static Reply table(ServerRequest request, List<JsonObject> statuses) {
    return new Reply.Single(
        200,
        TableGenerator.table(
            Printers.columns("componentstatuses"),
            statuses,
            status -> status,
            JsonObject.EMPTY,
            Include.of(request.info().query().get("includeObject")),
            true,
            new PrintContext(request.transaction().now())));
  }
}
