package dev.drydock.cluster.authentication.x509;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;
import dev.drydock.cluster.authentication.ClusterIdentity;
import dev.drydock.cluster.authentication.SigningKey;
import dev.drydock.cluster.authentication.UserInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/// The authority of one cluster for client certificates. Its key follows from the cluster's secret,
/// so what it signs opens this cluster and no other.
///
/// Models apiserver/pkg/authentication/request/x509 and pkg/controller/certificates/authority.
public final class ClientAuthority {
  private static final X500Name NAME = new X500Name("CN=kubernetes");
  private static final AlgorithmIdentifier ECDSA =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

  private final SigningKey key;

  public ClientAuthority(ClusterIdentity identity) {
    this.key = SigningKey.ofAuthority(identity);
  }

  /// What a certificate is to be like.
  public record Terms(
      Instant notBefore, Instant notAfter, BigInteger serial, List<String> usages) {}

  /// Signs what a request asks for: its subject, its key and its alternative names.
  public X509CertificateHolder sign(PKCS10CertificationRequest request, Terms terms) {
    try {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              NAME,
              terms.serial(),
              Date.from(terms.notBefore()),
              Date.from(terms.notAfter()),
              request.getSubject(),
              request.getSubjectPublicKeyInfo());
      int keyUsage = keyUsage(terms.usages());
      if (keyUsage != 0) {
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage));
      }
      KeyPurposeId[] purposes = purposes(terms.usages());
      if (purposes.length > 0) {
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
      }
      Extensions asked = request.getRequestedExtensions();
      Extension names = asked == null ? null : asked.getExtension(Extension.subjectAlternativeName);
      if (names != null) {
        builder.addExtension(names);
      }
      return builder.build(new Signer(key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int keyUsage(List<String> usages) {
    int bits = 0;
    for (String usage : usages) {
      bits |=
          switch (usage) {
            case "signing", "digital signature" -> KeyUsage.digitalSignature;
            case "content commitment" -> KeyUsage.nonRepudiation;
            case "key encipherment" -> KeyUsage.keyEncipherment;
            case "key agreement" -> KeyUsage.keyAgreement;
            case "data encipherment" -> KeyUsage.dataEncipherment;
            case "cert sign" -> KeyUsage.keyCertSign;
            case "crl sign" -> KeyUsage.cRLSign;
            case "encipher only" -> KeyUsage.encipherOnly;
            case "decipher only" -> KeyUsage.decipherOnly;
            default -> 0;
          };
    }
    return bits;
  }

  private static KeyPurposeId[] purposes(List<String> usages) {
    return usages.stream()
        .map(
            usage ->
                switch (usage) {
                  case "client auth" -> Optional.of(KeyPurposeId.id_kp_clientAuth);
                  case "server auth" -> Optional.of(KeyPurposeId.id_kp_serverAuth);
                  case "code signing" -> Optional.of(KeyPurposeId.id_kp_codeSigning);
                  case "email protection" -> Optional.of(KeyPurposeId.id_kp_emailProtection);
                  default -> Optional.<KeyPurposeId>empty();
                })
        .flatMap(Optional::stream)
        .toArray(KeyPurposeId[]::new);
  }

  /// Who shows this certificate: its common name as user, its organizations as groups. Empty for a
  /// certificate that another signed, that is for something else or out of date.
  public Optional<UserInfo> authenticate(X509Certificate certificate, Instant now) {
    try {
      byte[] encoded = certificate.getEncoded();
      X509CertificateHolder holder = new X509CertificateHolder(encoded);
      boolean valid =
          isOurs(holder)
              && !now.isBefore(certificate.getNotBefore().toInstant())
              && !now.isAfter(certificate.getNotAfter().toInstant())
              && isForClients(holder);
      String name = last(holder.getSubject(), BCStyle.CN);
      if (!valid || name.isEmpty()) {
        return Optional.empty();
      }
      String fingerprint = Hashing.sha256().hashBytes(encoded).toString();
      return Optional.of(
          new UserInfo(
              name,
              "",
              ImmutableList.<String>builder()
                  .addAll(all(holder.getSubject(), BCStyle.O))
                  .add(UserInfo.ALL_AUTHENTICATED)
                  .build(),
              ImmutableMap.of(
                  "authentication.kubernetes.io/credential-id",
                  ImmutableList.of("X509SHA256=" + fingerprint))));
    } catch (CertificateEncodingException | IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private boolean isOurs(X509CertificateHolder holder) {
    if (!holder.getSignatureAlgorithm().equals(ECDSA)) {
      return false;
    }
    ASN1Sequence numbers = ASN1Sequence.getInstance(holder.getSignature());
    try {
      return key.verifies(
          holder.toASN1Structure().getTBSCertificate().getEncoded(),
          new SigningKey.Signature(
              ASN1Integer.getInstance(numbers.getObjectAt(0)).getPositiveValue(),
              ASN1Integer.getInstance(numbers.getObjectAt(1)).getPositiveValue()));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isForClients(X509CertificateHolder holder) {
    ExtendedKeyUsage usage = ExtendedKeyUsage.fromExtensions(holder.getExtensions());
    return usage != null && usage.hasKeyPurposeId(KeyPurposeId.id_kp_clientAuth);
  }

  /// The values of one attribute of a name.
  public static List<String> all(X500Name name, ASN1ObjectIdentifier attribute) {
    return Arrays.stream(name.getRDNs(attribute))
        .map(RDN::getFirst)
        .map(value -> text(value.getValue()))
        .toList();
  }

  public static String last(X500Name name, ASN1ObjectIdentifier attribute) {
    List<String> values = all(name, attribute);
    return values.isEmpty() ? "" : values.getLast();
  }

  private static String text(ASN1Encodable value) {
    return value instanceof org.bouncycastle.asn1.ASN1String string
        ? string.getString()
        : IETFUtils.valueToString(value);
  }

  private static final class Signer implements ContentSigner {
    private final SigningKey key;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    Signer(SigningKey key) {
      this.key = key;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return ECDSA;
    }

    @Override
    public OutputStream getOutputStream() {
      return content;
    }

    @Override
    public byte[] getSignature() {
      SigningKey.Signature signature = key.sign(content.toByteArray());
      try {
        return new DERSequence(
                new ASN1Encodable[] {
                  new ASN1Integer(signature.r()), new ASN1Integer(signature.s())
                })
            .getEncoded();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
