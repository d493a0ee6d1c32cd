package dev.drydock.cluster.admission.plugin;

import dev.drydock.cluster.admission.AdmissionPlugin;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.authentication.x509.CertificateRequests;
import dev.drydock.cluster.authentication.x509.ClientAuthority;
import dev.drydock.cluster.authorization.Authorizer;
import dev.drydock.cluster.authorization.Authorizer.Attributes;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.jspecify.annotations.Nullable;

/// Lets only those approve and sign requests who may do so for their signer, and nobody ask for a
/// certificate of the administrators' group. Models plugin/pkg/admission/certificates.
public final class CertificateAdmission implements AdmissionPlugin {
  private static final String REQUESTS = "certificatesigningrequests.certificates.k8s.io";
  private static final String MASTERS = "system:masters";

  private final Authorizer authorizer;

  public CertificateAdmission(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  @Override
  public boolean handles(String groupResource) {
    return groupResource.equals(REQUESTS);
  }

  @Override
  public void validate(JsonObject object, AdmissionRequest request) {
    JsonObject old = request.old();
    if (request.creates()) {
      checkSubject(object, request);
    } else if (old != null && request.subresource().equals("approval")) {
      check("approve", old, request, "user not permitted to approve requests with signerName ");
    } else if (old != null && request.subresource().equals("status") && signs(object, old)) {
      check("sign", old, request, "user not permitted to sign requests with signerName ");
    }
  }

  /// Whether a write of the status issues a certificate, or says that none will be.
  private static boolean signs(JsonObject object, JsonObject old) {
    @Nullable Json before = old.at("status", "certificate");
    @Nullable Json after = object.at("status", "certificate");
    return !java.util.Objects.equals(before, after)
        || !object.array("status", "conditions").equals(old.array("status", "conditions"));
  }

  private void check(String verb, JsonObject old, AdmissionRequest request, String refusal) {
    String signer = old.string("spec", "signerName");
    boolean allowed =
        List.of(signer, signer.substring(0, signer.indexOf('/') + 1) + "*").stream()
            .anyMatch(
                name ->
                    authorizer
                        .authorize(
                            new Attributes(
                                request.user(),
                                verb,
                                "",
                                "certificates.k8s.io",
                                "signers",
                                "",
                                name,
                                true,
                                ""),
                            request.transaction().store())
                        .allowed());
    if (!allowed) {
      throw request.forbidden(old, refusal + "\"" + signer + "\"");
    }
  }

  private static void checkSubject(JsonObject object, AdmissionRequest request) {
    if (!object.string("spec", "signerName").equals("kubernetes.io/kube-apiserver-client")) {
      return;
    }
    boolean masters;
    try {
      masters =
          ClientAuthority.all(
                  CertificateRequests.parse(
                          Base64.getDecoder().decode(object.string("spec", "request")))
                      .getSubject(),
                  BCStyle.O)
              .contains(MASTERS);
    } catch (CertificateRequests.Malformed e) {
      return;
    }
    if (masters) {
      throw request.forbidden(
          object,
          "use of kubernetes.io/kube-apiserver-client signer with system:masters group is not"
              + " allowed");
    }
  }
}
