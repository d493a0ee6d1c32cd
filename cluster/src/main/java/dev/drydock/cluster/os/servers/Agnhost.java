package dev.drydock.cluster.os.servers;

import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Sys;

/// The web servers of Kubernetes' test image. Models test/images/agnhost netexec and
/// serve-hostname.
record Agnhost(int port, boolean hostnameOnly) implements Site {
  @Override
  public void started(Io io) {
    io.err("Started HTTP server on port " + port);
  }

  @Override
  public HttpReply answer(Io io, HttpRequest request, String peer) {
    Sys sys = io.sys();
    if (hostnameOnly) {
      return HttpReply.text(this, 200, sys.hostname());
    }
    return switch (request.path()) {
      case "/" -> HttpReply.text(this, 200, "NOW: " + sys.now());
      case "/hostname", "/hostName" -> HttpReply.text(this, 200, sys.hostname());
      case "/clientip" -> HttpReply.text(this, 200, peer);
      case "/healthz" -> HttpReply.text(this, 200, "");
      case "/echo" -> {
        String message = request.parameter("msg");
        yield HttpReply.text(this, 200, message == null ? "" : message);
      }
      default -> HttpReply.text(this, 404, "404 page not found\n");
    };
  }
}
