package dev.drydock.cluster.os.servers;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Signals;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.applets.SystemTime;

/// A server of files with an access log: nginx and Apache httpd.
///
/// @param root directory of the files
record WebSite(boolean nginx, String root) implements Site {
  @Override
  public int port() {
    return 80;
  }

  @Override
  public String serverName() {
    return nginx ? "nginx/1.27.5" : "Apache/2.4.63 (Unix)";
  }

  @Override
  public long baseBytes() {
    return 3L << 20;
  }

  @Override
  public void started(Io io) {
    String time = SystemTime.format("%Y/%m/%d %H:%M:%S", io.sys().now());
    int pid = io.sys().pid();
    if (nginx) {
      io.line("/docker-entrypoint.sh: Configuration complete; ready for start up");
      String prefix = time + " [notice] " + pid + "#" + pid + ": ";
      io.err(prefix + "using the \"epoll\" event method");
      io.err(prefix + "nginx/1.27.5");
      io.err(prefix + "start worker processes");
    } else {
      String stamp = SystemTime.format("%a %b %d %H:%M:%S.000000 %Y", io.sys().now());
      io.err(
          "[%s] [mpm_event:notice] [pid %d:tid %d] AH00489: Apache/2.4.63 (Unix) configured -- resuming normal operations"
              .formatted(stamp, pid, pid));
      io.err(
          "[%s] [core:notice] [pid %d:tid %d] AH00094: Command line: 'httpd -D FOREGROUND'"
              .formatted(stamp, pid, pid));
    }
  }

  @Override
  public int exitOn(Io io, int signal) {
    if (signal == Signals.HUP) {
      return -1;
    }
    if (nginx) {
      String time = SystemTime.format("%Y/%m/%d %H:%M:%S", io.sys().now());
      String how = signal == Signals.QUIT ? "gracefully shutting down" : "exiting";
      io.err(time + " [notice] 1#1: signal " + signal + " received, " + how);
    }
    return 0;
  }

  @Override
  public HttpReply answer(Io io, HttpRequest request, String peer) {
    HttpReply reply = page(io.sys(), request);
    String time = SystemTime.format("%d/%b/%Y:%H:%M:%S +0000", io.sys().now());
    String address = peer.substring(0, peer.lastIndexOf(':'));
    String target =
        request.query().isEmpty() ? request.path() : request.path() + "?" + request.query();
    String common =
        "%s - - [%s] \"%s %s %s\" %d %d"
            .formatted(
                address,
                time,
                request.method(),
                target,
                request.version(),
                reply.status(),
                reply.body().length());
    String agent = request.headers().getOrDefault("user-agent", "-");
    String referer = request.headers().getOrDefault("referer", "-");
    io.line(nginx ? "%s \"%s\" \"%s\" \"-\"".formatted(common, referer, agent) : common);
    return reply;
  }

  private HttpReply page(Sys sys, HttpRequest request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return error(405);
    }
    if ((request.path() + "/").contains("/../")) {
      return error(400);
    }
    String path = root + request.path();
    try {
      if (sys.stat(path).isDirectory()) {
        if (!request.path().endsWith("/")) {
          return new HttpReply(
              this, 301, ImmutableMap.of("Location", request.path() + "/"), errorPage(301));
        }
        path = path + "index.html";
        if (!sys.exists(path)) {
          return error(403);
        }
      }
      return new HttpReply(
          this, 200, ImmutableMap.of("Content-Type", type(path)), sys.readFile(path));
    } catch (OsException e) {
      return error(e.errno() == dev.drydock.cluster.os.Errno.EACCES ? 403 : 404);
    }
  }

  private static String type(String path) {
    String extension = path.substring(path.lastIndexOf('.') + 1);
    return switch (extension) {
      case "html", "htm" -> "text/html";
      case "css" -> "text/css";
      case "js" -> "application/javascript";
      case "json" -> "application/json";
      case "txt" -> "text/plain";
      case "png" -> "image/png";
      default -> "application/octet-stream";
    };
  }

  private HttpReply error(int status) {
    return HttpReply.html(this, status, errorPage(status));
  }

  private String errorPage(int status) {
    String title = status + " " + HttpReply.reason(status);
    return "<html>\r\n<head><title>%1$s</title></head>\r\n<body>\r\n<center><h1>%1$s</h1></center>\r\n<hr><center>%2$s</center>\r\n</body>\r\n</html>\r\n"
        .formatted(title, serverName());
  }
}
