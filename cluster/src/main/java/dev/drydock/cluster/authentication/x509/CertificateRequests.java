package dev.drydock.cluster.authentication.x509;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/// Requests for certificates and certificates as text. Models pkg/apis/certificates.ParseCSR.
public final class CertificateRequests {

  /// A text that is no request for a certificate; its message is what upstream says.
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  private CertificateRequests() {}

  /// Reads a request in PEM and checks that its key signed it.
  public static PKCS10CertificationRequest parse(byte[] pem) throws Malformed {
    PemObject block = block(pem);
    if (block == null || !block.getType().equals("CERTIFICATE REQUEST")) {
      throw new Malformed("PEM block type must be CERTIFICATE REQUEST");
    }
    try {
      PKCS10CertificationRequest request = new PKCS10CertificationRequest(block.getContent());
      boolean genuine =
          request.isSignatureValid(
              new JcaContentVerifierProviderBuilder().build(request.getSubjectPublicKeyInfo()));
      if (!genuine) {
        throw new Malformed("x509: signature verification failed");
      }
      return request;
    } catch (IOException | PKCSException | OperatorCreationException | RuntimeException e) {
      throw new Malformed("asn1: structure error: the request is malformed");
    }
  }

  @SuppressWarnings("NullAway") // The reader answers null at the end.
  private static org.bouncycastle.util.io.pem.@org.jspecify.annotations.Nullable PemObject block(
      byte[] pem) {
    try (PemReader reader =
        new PemReader(new StringReader(new String(pem, StandardCharsets.UTF_8)))) {
      return reader.readPemObject();
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  public static byte[] pem(X509CertificateHolder certificate) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject("CERTIFICATE", certificate.getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
