package dev.drydock.cluster.controller.certificates;

import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.authentication.x509.ClientAuthority;
import java.util.List;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/// What the built-in signers demand of a request. Models pkg/apis/certificates.helpers and
/// pkg/controller/certificates/signer.
final class SignerRules {
  private static final String PREFIX = "kubernetes.io/";
  private static final ImmutableSet<String> BASIC =
      ImmutableSet.of("digital signature", "key encipherment");

  private SignerRules() {}

  static boolean isBuiltIn(String signer) {
    return switch (signer) {
      case PREFIX + "kube-apiserver-client",
          PREFIX + "kube-apiserver-client-kubelet",
          PREFIX + "kubelet-serving" ->
          true;
      default -> false;
    };
  }

  /// Why the signer refuses the request; empty when it does not.
  static String refusal(String signer, PKCS10CertificationRequest request, List<String> usages) {
    return switch (signer) {
      case PREFIX + "kube-apiserver-client" -> clientUsages(usages);
      case PREFIX + "kube-apiserver-client-kubelet" -> {
        String node = nodeSubject(request);
        yield !node.isEmpty()
            ? node
            : hasNames(request)
                ? "subjectAltName extensions are not allowed"
                : kubeletUsages(usages, "client auth");
      }
      default -> {
        String node = nodeSubject(request);
        yield !node.isEmpty()
            ? node
            : !hasNames(request)
                ? "DNS or IP subjectAltName is required"
                : kubeletUsages(usages, "server auth");
      }
    };
  }

  private static String clientUsages(List<String> usages) {
    for (String usage : usages) {
      if (!BASIC.contains(usage) && !usage.equals("client auth")) {
        return "invalid usage for client certificate: " + usage;
      }
    }
    return usages.contains("client auth")
        ? ""
        : "missing required usage for client certificate: client auth";
  }

  private static String kubeletUsages(List<String> usages, String purpose) {
    boolean right =
        usages.contains("digital signature")
            && usages.contains(purpose)
            && usages.stream().allMatch(usage -> BASIC.contains(usage) || usage.equals(purpose));
    return right
        ? ""
        : "usages did not match [%s, digital signature, key encipherment]".formatted(purpose);
  }

  private static String nodeSubject(PKCS10CertificationRequest request) {
    List<String> organizations = ClientAuthority.all(request.getSubject(), BCStyle.O);
    if (!organizations.equals(List.of("system:nodes"))) {
      return "subject organization is not system:nodes";
    }
    return ClientAuthority.last(request.getSubject(), BCStyle.CN).startsWith("system:node:")
        ? ""
        : "subject common name does not begin with system:node: ";
  }

  private static boolean hasNames(PKCS10CertificationRequest request) {
    var extensions = request.getRequestedExtensions();
    return extensions != null && extensions.getExtension(Extension.subjectAlternativeName) != null;
  }
}
