package dev.drydock.cluster.embedded;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.embedded.ClusterEndpoint.Served;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/// Who sends a request: whom its client certificate names, else its bearer token, else nobody. What
/// another cluster gave out counts for nothing here.
///
/// Models apiserver/pkg/authentication/request.
final class Authentication {
  private static final String BEARER = "bearer ";

  private Authentication() {}

  static UserInfo user(Served served, Request request, String authorization) {
    Optional<X509Certificate> certificate = certificate(request);
    Optional<UserInfo> named = certificate.flatMap(served.cluster()::authenticate);
    if (named.isPresent()) {
      return named.get();
    }
    boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    if (bearer) {
      return served
          .authenticate(authorization.substring(BEARER.length()).strip())
          .orElseThrow(StatusException::unauthorized);
    }
    if (certificate.isPresent() || !authorization.isEmpty()) {
      throw StatusException.unauthorized();
    }
    return UserInfo.ANONYMOUS;
  }

  private static Optional<X509Certificate> certificate(Request request) {
    return request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE)
                instanceof EndPoint.SslSessionData session
            && session.peerCertificates() != null
            && session.peerCertificates().length > 0
        ? Optional.of(session.peerCertificates()[0])
        : Optional.empty();
  }
}
