package dev.drydock.cluster.printers;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;

/// What a row of the table of pods says about a pod that has ended. Models podSuccessConditions and
/// podFailedConditions.
final class RowConditions {
  private RowConditions() {}

  static JsonArray of(JsonObject object) {
    if (!object.string("kind").equals("Pod")) {
      return JsonArray.EMPTY;
    }
    return switch (object.string("status", "phase")) {
      case "Succeeded" -> completed("Succeeded", "The pod has completed successfully.");
      case "Failed" -> completed("Failed", "The pod failed.");
      default -> JsonArray.EMPTY;
    };
  }

  private static JsonArray completed(String reason, String message) {
    return JsonArray.of(
        JsonObject.builder()
            .put("type", "Completed")
            .put("status", "True")
            .put("reason", reason)
            .put("message", message)
            .build());
  }
}
