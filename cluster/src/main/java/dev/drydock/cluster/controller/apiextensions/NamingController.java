package dev.drydock.cluster.controller.apiextensions;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.controller.Conditions;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Accepts the names of a definition that no other of its group has, and establishes it then.
/// Models apiextensions-apiserver/pkg/controller/status and establish.
public final class NamingController extends Controller {
  static final String DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";

  public NamingController() {
    super("naming-condition-controller");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals(DEFINITIONS);
  }

  /// A name that becomes free may be accepted elsewhere in the group.
  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    String group = event.object().string("spec", "group");
    Stream<String> own =
        event.type() == WatchEvent.Type.DELETED
            ? Stream.empty()
            : Stream.of(ObjectMeta.name(event.object()));
    Stream<String> refused =
        context.client().list(DEFINITIONS, "").stream()
            .filter(definition -> definition.string("spec", "group").equals(group))
            .filter(definition -> !Conditions.isTrue(definition.object("status"), "NamesAccepted"))
            .map(ObjectMeta::name);
    return Stream.concat(own, refused).distinct();
  }

  @Override
  protected Duration reconcile(String name, ComponentContext context) {
    Client client = context.client();
    Optional<JsonObject> found = client.get(DEFINITIONS, "", name);
    if (found.isEmpty() || ObjectMeta.isBeingDeleted(found.get())) {
      return Duration.ZERO;
    }
    JsonObject definition = found.get();
    JsonObject status = status(definition, taken(definition, client), context.now());
    if (!status.equals(definition.object("status"))) {
      JsonObject _ = client.updateStatus(DEFINITIONS, definition.with("status", status));
    }
    return Duration.ZERO;
  }

  /// The names that others of the group have, each with what it is: `resource x`, `kind X`.
  private static Set<String> taken(JsonObject definition, Client client) {
    Set<String> taken = new HashSet<>();
    client.list(DEFINITIONS, "").stream()
        .filter(other -> !ObjectMeta.name(other).equals(ObjectMeta.name(definition)))
        .filter(other -> other.string("spec", "group").equals(definition.string("spec", "group")))
        .map(other -> other.object("status", "acceptedNames"))
        .forEach(
            names -> {
              taken.add("resource " + names.string("plural"));
              taken.add("resource " + names.string("singular"));
              names.array("shortNames").strings().forEach(s -> taken.add("resource " + s));
              taken.add("kind " + names.string("kind"));
              taken.add("kind " + names.string("listKind"));
            });
    return taken;
  }

  private static JsonObject status(JsonObject definition, Set<String> taken, Instant now) {
    JsonObject wanted = definition.object("spec", "names");
    JsonObject status = definition.object("status");
    JsonObject accepted = status.object("acceptedNames");
    String reason = "";
    String message = "";
    String[][] single = {
      {"plural", "resource ", "PluralConflict"},
      {"singular", "resource ", "SingularConflict"},
      {"kind", "kind ", "KindConflict"},
      {"listKind", "kind ", "ListKindConflict"}
    };
    for (String[] name : single) {
      String value = wanted.string(name[0]);
      if (taken.contains(name[1] + value) && !accepted.string(name[0]).equals(value)) {
        reason = name[2];
        message = "\"" + value + "\" is already in use";
      } else {
        accepted = accepted.with(name[0], Json.of(value));
      }
    }
    List<String> shortNames = wanted.array("shortNames").strings().toList();
    for (String shortName : shortNames) {
      if (taken.contains("resource " + shortName)) {
        reason = "ShortNamesConflict";
        message = "\"" + shortName + "\" is already in use";
      }
    }
    if (reason.isEmpty()) {
      accepted = wanted;
    }
    return conditions(status.with("acceptedNames", accepted), reason, message, now);
  }

  private static JsonObject conditions(
      JsonObject status, String reason, String message, Instant now) {
    boolean free = reason.isEmpty();
    JsonObject named =
        Conditions.set(
            status,
            free
                ? Conditions.condition(
                    "NamesAccepted", "True", "NoConflicts", "no conflicts found", now)
                : Conditions.condition("NamesAccepted", "False", reason, message, now));
    if (Conditions.isTrue(named, "Established")) {
      return named;
    }
    return Conditions.set(
        named,
        free
            ? Conditions.condition(
                "Established",
                "True",
                "InitialNamesAccepted",
                "the initial names have been accepted",
                now)
            : Conditions.condition(
                "Established", "False", "NotAccepted", "not all names are accepted", now));
  }
}
