package dev.drydock.cluster.controller.serviceaccount;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.authentication.ServiceAccountTokens;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.loop.ComponentContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/// Fills in secrets of type `kubernetes.io/service-account-token`, and deletes those whose service
/// account is gone. Models pkg/controller/serviceaccount.TokensController.
public final class TokensController extends Controller {
  private static final String TYPE = "kubernetes.io/service-account-token";
  private static final String ACCOUNT_NAME = "kubernetes.io/service-account.name";
  private static final String ACCOUNT_UID = "kubernetes.io/service-account.uid";

  public TokensController() {
    super("tokens-controller");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals("secrets") || resource.equals("serviceaccounts");
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    JsonObject object = event.object();
    if (event.resource().equals("serviceaccounts")) {
      return context.client().list("secrets", ObjectMeta.namespace(object)).stream()
          .filter(secret -> accountOf(secret).equals(ObjectMeta.name(object)))
          .map(Controller::key);
    }
    return accountOf(object).isEmpty() ? Stream.empty() : Stream.of(key(object));
  }

  /// The service account a secret is of; empty for other secrets.
  private static String accountOf(JsonObject secret) {
    return secret.string("type").equals(TYPE)
        ? ObjectMeta.annotations(secret).getOrDefault(ACCOUNT_NAME, "")
        : "";
  }

  @Override
  protected Duration reconcile(String key, ComponentContext context) {
    Optional<JsonObject> found =
        context
            .client()
            .get("secrets", namespaceOf(key), nameOf(key))
            .filter(secret -> !ObjectMeta.isBeingDeleted(secret));
    if (found.isEmpty()) {
      return Duration.ZERO;
    }
    JsonObject secret = found.get();
    Optional<JsonObject> account =
        context.client().get("serviceaccounts", namespaceOf(key), accountOf(secret));
    String uid = ObjectMeta.annotations(secret).getOrDefault(ACCOUNT_UID, "");
    boolean isOf =
        account.isPresent() && (uid.isEmpty() || uid.equals(ObjectMeta.uid(account.get())));
    if (isOf) {
      fillIn(secret, account.get(), context);
    } else {
      context
          .client()
          .delete(
              "secrets",
              namespaceOf(key),
              nameOf(key),
              DeleteOptions.BACKGROUND.forUid(ObjectMeta.uid(secret)));
    }
    return Duration.ZERO;
  }

  private static void fillIn(JsonObject secret, JsonObject account, ComponentContext context) {
    JsonObject data = secret.object("data");
    JsonObject.Builder filled = data.toBuilder();
    filled.put("ca.crt", base64(context.identity().certificateAuthority()));
    filled.put("namespace", base64(ObjectMeta.namespace(secret)));
    if (data.string("token").isEmpty()) {
      filled.put(
          "token",
          base64(new ServiceAccountTokens(context.identity()).createLegacy(account, secret)));
    }
    JsonObject updated =
        secret
            .with("data", filled.build())
            .withAt(Json.of(ObjectMeta.uid(account)), "metadata", "annotations", ACCOUNT_UID);
    if (!updated.equals(secret)) {
      JsonObject _ = context.client().update("secrets", updated);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
