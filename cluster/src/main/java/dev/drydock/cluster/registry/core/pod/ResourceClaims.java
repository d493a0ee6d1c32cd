package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.schema.InternalTypes;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Names;
import java.util.HashSet;
import java.util.Set;

/// Checks the resource claims of a pod and their use by its containers.
///
/// Models validatePodResourceClaims and validateResourceClaimNames in pkg/apis/core/validation.
final class ResourceClaims {
  private ResourceClaims() {}

  static ImmutableList<String> names(JsonObject spec) {
    return spec.array("resourceClaims")
        .objects()
        .map(claim -> claim.string("name"))
        .filter(name -> !name.isEmpty())
        .sorted()
        .collect(ImmutableList.toImmutableList());
  }

  static void validate(JsonObject spec, FieldPath path, FieldErrors errors) {
    Set<String> names = new HashSet<>();
    Elements.each(
        spec.array("resourceClaims"),
        path,
        (claim, at) -> {
          String name = claim.string("name");
          if (name.isEmpty()) {
            errors.required(at.child("name"), "");
          } else if (!names.add(name)) {
            errors.duplicate(at.child("name"), new JsonString(name));
          } else {
            errors.invalid(at.child("name"), name, Names.dns1123Label(name));
          }
          validateSource(claim, at, errors);
        });
  }

  private static void validateSource(JsonObject claim, FieldPath path, FieldErrors errors) {
    boolean named = claim.has("resourceClaimName");
    boolean templated = claim.has("resourceClaimTemplateName");
    JsonObject shown = InternalTypes.of("PodResourceClaim", claim);
    if (named && templated) {
      errors.invalid(
          path,
          shown,
          "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
    }
    if (!named && !templated) {
      errors.invalid(
          path, shown, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
    }
    for (String field : new String[] {"resourceClaimName", "resourceClaimTemplateName"}) {
      if (claim.has(field)) {
        String name = claim.string(field);
        errors.invalid(path.child(field), name, Names.dns1123Subdomain(name));
      }
    }
  }

  static void validateUse(
      JsonArray used, ImmutableList<String> claims, FieldPath path, FieldErrors errors) {
    Set<String> seen = new HashSet<>();
    Elements.each(
        used,
        path,
        (claim, at) -> {
          String name = claim.string("name");
          String request = claim.string("request");
          if (name.isEmpty()) {
            errors.required(at, "");
            return;
          }
          if (!request.isEmpty()) {
            errors.invalid(at.child("request"), request, Names.dns1123Label(request));
          }
          String key = request.isEmpty() ? name : name + "/" + request;
          if (seen.contains(name) || !seen.add(key)) {
            errors.duplicate(at, new JsonString(key));
          }
          if (!claims.contains(name)) {
            errors.notFound(
                at,
                new JsonString(name),
                "must be one of the names in pod.spec.resourceClaims"
                    + (claims.isEmpty() ? " which is empty" : ": " + String.join(", ", claims)));
          }
        });
  }
}
