package dev.drydock.cluster.registry.certificates.certificatesigningrequest;

import com.google.common.collect.ImmutableSortedSet;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.authentication.x509.CertificateRequests;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What is wrong with a request, its conditions or its certificate. Models
/// pkg/apis/certificates/validation.
final class SigningRequestValidation {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final FieldPath STATUS = FieldPath.of("status");
  private static final int SECONDS_MIN = 600;

  private static final ImmutableSortedSet<String> USAGES =
      ImmutableSortedSet.of(
          "any",
          "cert sign",
          "client auth",
          "code signing",
          "content commitment",
          "crl sign",
          "data encipherment",
          "decipher only",
          "digital signature",
          "email protection",
          "encipher only",
          "ipsec end system",
          "ipsec tunnel",
          "ipsec user",
          "key agreement",
          "key encipherment",
          "microsoft sgc",
          "netscape sgc",
          "ocsp signing",
          "s/mime",
          "server auth",
          "signing",
          "timestamping");

  private SigningRequestValidation() {}

  static void spec(JsonObject spec, FieldErrors errors) {
    byte[] pem = bytes(spec.string("request"));
    try {
      var _ = CertificateRequests.parse(pem);
    } catch (CertificateRequests.Malformed e) {
      errors.invalid(SPEC.child("request"), goBytes(pem) + ": " + e.getMessage());
    }
    usages(spec, errors);
    signerName(spec.string("signerName"), errors);
    if (spec.get("expirationSeconds") instanceof JsonNumber seconds
        && seconds.longValue() < SECONDS_MIN) {
      errors.invalid(
          SPEC.child("expirationSeconds"),
          seconds.longValue(),
          "may not specify a duration less than 600 seconds (10 minutes)");
    }
  }

  private static byte[] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /// Bytes as Go's %#v prints them.
  private static String goBytes(byte[] bytes) {
    return IntStream.range(0, bytes.length)
        .mapToObj(i -> "0x%x".formatted(bytes[i] & 0xff))
        .collect(Collectors.joining(", ", "[]byte{", "}"));
  }

  private static void usages(JsonObject spec, FieldErrors errors) {
    List<String> usages = spec.array("usages").strings().toList();
    if (usages.isEmpty()) {
      errors.required(SPEC.child("usages"), "");
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < usages.size(); i++) {
      FieldPath path = SPEC.child("usages").index(i);
      if (!USAGES.contains(usages.get(i))) {
        errors.notSupported(path, usages.get(i), USAGES);
      }
      if (!seen.add(usages.get(i))) {
        errors.duplicate(path, Json.of(usages.get(i)));
      }
    }
  }

  private static void signerName(String name, FieldErrors errors) {
    FieldPath path = SPEC.child("signerName");
    if (name.isEmpty()) {
      errors.required(path, "");
      return;
    }
    if (name.equals("kubernetes.io/legacy-unknown")) {
      errors.invalid(path, name, "the legacy signerName is not allowed via this API version");
      return;
    }
    String[] parts = name.split("/", -1);
    if (parts.length != 2) {
      errors.invalid(
          path,
          name,
          "must be a fully qualified domain and path of the form 'example.com/signer-name'");
      return;
    }
    Names.dns1123Subdomain(parts[0]).forEach(wrong -> errors.invalid(path, parts[0], wrong));
    if (!parts[0].contains(".")) {
      errors.invalid(
          path, parts[0], "should be a domain with at least two segments separated by dots");
    }
    for (String label : parts[1].split("\\.", -1)) {
      Names.dns1123Label(label).forEach(wrong -> errors.invalid(path, label, wrong));
    }
  }

  /// @param kept the types that this way of writing may neither add nor remove
  static void conditions(JsonObject object, JsonObject old, List<String> kept, FieldErrors errors) {
    FieldPath path = STATUS.child("conditions");
    List<JsonObject> conditions = object.array("status", "conditions").objects().toList();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < conditions.size(); i++) {
      condition(conditions.get(i), path.index(i), seen, errors);
    }
    if (seen.containsAll(CertificateSigningRequestStrategy.APPROVAL)) {
      errors.invalid(path, "Approved and Denied conditions are mutually exclusive");
    }
    for (String type : List.of("Approved", "Denied", "Failed")) {
      boolean before = has(old, type);
      boolean after = seen.contains(type);
      if (before && !after) {
        errors.forbidden(path, "updates may not remove a condition of type \"" + type + "\"");
      } else if (!before && after && kept.contains(type)) {
        errors.forbidden(path, "updates may not add a condition of type \"" + type + "\"");
      }
    }
  }

  private static void condition(
      JsonObject condition, FieldPath path, Set<String> seen, FieldErrors errors) {
    String type = condition.string("type");
    String status = condition.string("status");
    if (type.isEmpty()) {
      errors.required(path.child("type"), "");
    }
    boolean known = List.of("Approved", "Denied", "Failed").contains(type);
    if (status.isEmpty()) {
      errors.required(path.child("status"), "");
    } else if (known && !status.equals("True")) {
      errors.notSupported(path.child("status"), status, List.of("True"));
    } else if (!List.of("True", "False", "Unknown").contains(status)) {
      errors.notSupported(path.child("status"), status, List.of("False", "True", "Unknown"));
    }
    if (!seen.add(type)) {
      errors.duplicate(path.child("type"), Json.of(type));
    }
  }

  private static boolean has(JsonObject object, String type) {
    return object
        .array("status", "conditions")
        .objects()
        .anyMatch(condition -> condition.string("type").equals(type));
  }

  static void certificate(JsonObject object, JsonObject old, FieldErrors errors) {
    String before = old.string("status", "certificate");
    String after = object.string("status", "certificate");
    if (!before.isEmpty() && !before.equals(after)) {
      errors.forbidden(
          STATUS.child("certificate"), "updates may not change an existing certificate");
    }
  }
}
