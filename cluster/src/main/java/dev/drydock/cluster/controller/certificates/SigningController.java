package dev.drydock.cluster.controller.certificates;

import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.authentication.x509.CertificateRequests;
import dev.drydock.cluster.authentication.x509.ClientAuthority;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.controller.Conditions;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.loop.ComponentContext;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/// Signs approved requests with the cluster's authority, and deletes requests when they are old: an
/// hour after they were decided, a day after nobody did.
///
/// Models pkg/controller/certificates/signer and cleaner.
public final class SigningController extends Controller {
  private static final String REQUESTS = "certificatesigningrequests.certificates.k8s.io";
  private static final Duration BACKDATE = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final Duration KEPT_DECIDED = Duration.ofHours(1);
  private static final Duration KEPT_PENDING = Duration.ofHours(24);
  private static final int SERIAL_BITS = 127;

  public SigningController() {
    super("certificate-controller");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals(REQUESTS);
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    return event.type() == WatchEvent.Type.DELETED
        ? Stream.empty()
        : Stream.of(ObjectMeta.name(event.object()));
  }

  @Override
  protected Duration reconcile(String name, ComponentContext context) {
    Optional<JsonObject> found = context.client().get(REQUESTS, "", name);
    if (found.isEmpty() || ObjectMeta.isBeingDeleted(found.get())) {
      return Duration.ZERO;
    }
    JsonObject request = found.get();
    JsonObject status = request.object("status");
    boolean open =
        status.string("certificate").isEmpty() && Conditions.find(status, "Failed").isEmpty();
    if (open
        && Conditions.isTrue(status, "Approved")
        && SignerRules.isBuiltIn(request.string("spec", "signerName"))) {
      request = sign(request, context);
    }
    return keptFor(request, context);
  }

  private static JsonObject sign(JsonObject request, ComponentContext context) {
    JsonObject spec = request.object("spec");
    List<String> usages = spec.array("usages").strings().toList();
    try {
      PKCS10CertificationRequest asked =
          CertificateRequests.parse(Base64.getDecoder().decode(spec.string("request")));
      String refusal = SignerRules.refusal(spec.string("signerName"), asked, usages);
      if (!refusal.isEmpty()) {
        return failed(request, refusal, context);
      }
      ClientAuthority.Terms terms =
          new ClientAuthority.Terms(
              context.now().minus(BACKDATE),
              context.now().plus(duration(spec)),
              serial(context),
              usages);
      byte[] pem =
          CertificateRequests.pem(new ClientAuthority(context.identity()).sign(asked, terms));
      return context
          .client()
          .updateStatus(
              REQUESTS,
              request.withAt(
                  dev.drydock.cluster.apimachinery.json.Json.of(
                      Base64.getEncoder().encodeToString(pem)),
                  "status",
                  "certificate"));
    } catch (CertificateRequests.Malformed e) {
      return failed(request, String.valueOf(e.getMessage()), context);
    }
  }

  private static Duration duration(JsonObject spec) {
    Duration asked =
        spec.get("expirationSeconds") instanceof JsonNumber seconds
            ? Duration.ofSeconds(seconds.longValue())
            : LONGEST;
    return asked.compareTo(LONGEST) < 0 ? asked : LONGEST;
  }

  private static BigInteger serial(ComponentContext context) {
    byte[] bytes = new byte[SERIAL_BITS / 8 + 1];
    context.random().nextBytes(bytes);
    return new BigInteger(1, bytes).clearBit(SERIAL_BITS).setBit(0);
  }

  private static JsonObject failed(JsonObject request, String why, ComponentContext context) {
    String now = Times.seconds(context.now());
    JsonObject condition =
        JsonObject.builder()
            .put("type", "Failed")
            .put("status", "True")
            .put("reason", "SignerValidationFailure")
            .put("message", why)
            .put("lastUpdateTime", now)
            .put("lastTransitionTime", now)
            .build();
    return context
        .client()
        .updateStatus(
            REQUESTS,
            request.withAt(
                request.array("status", "conditions").plus(condition), "status", "conditions"));
  }

  private static Duration keptFor(JsonObject request, ComponentContext context) {
    Optional<Instant> decided =
        request
            .array("status", "conditions")
            .objects()
            .flatMap(condition -> Times.parse(condition.string("lastUpdateTime")).stream())
            .max(Instant::compareTo);
    Instant created =
        Times.parse(request.string("metadata", "creationTimestamp")).orElse(context.now());
    Instant end = decided.map(at -> at.plus(KEPT_DECIDED)).orElse(created.plus(KEPT_PENDING));
    Duration left = Duration.between(context.now(), end);
    if (left.isPositive()) {
      return left;
    }
    context
        .client()
        .delete(
            REQUESTS,
            "",
            ObjectMeta.name(request),
            DeleteOptions.BACKGROUND.forUid(ObjectMeta.uid(request)));
    return Duration.ZERO;
  }
}
