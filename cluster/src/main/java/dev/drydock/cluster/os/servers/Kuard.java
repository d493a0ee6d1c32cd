package dev.drydock.cluster.os.servers;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Paths;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.applets.SystemTime;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The demo application of "Kubernetes: Up and Running": probes that can be told to fail, memory
/// that can be allocated, and pages about its environment and files.
///
/// Models github.com/kubernetes-up-and-running/kuard. Its web pages are plain here, and TLS, the
/// message queue and key generation are not there.
///
/// @param version like `v0.10.0-blue`
/// @param healthyFails how many more requests of /healthy fail; negative for all
/// @param allocatedBytes what /mem holds
record Kuard(
    String version,
    ImmutableList<String> argv,
    int healthyFails,
    int readyFails,
    long healthyRequests,
    long readyRequests,
    long allocatedBytes)
    implements Site {

  private static final Pattern FAIL_NEXT = Pattern.compile("\"failNext\"\\s*:\\s*(-?[0-9]{1,9})");
  private static final int GO_EXIT_ON_SIGNAL = 2;

  static Kuard of(String tag, ImmutableList<String> argv) {
    String version = tag.startsWith("v") ? tag : "v0.10.0-" + tag;
    return new Kuard(version, argv, 0, 0, 0, 0, 0);
  }

  @Override
  public int port() {
    return 8080;
  }

  @Override
  public long heldBytes() {
    return allocatedBytes;
  }

  @Override
  public long realBytes() {
    return 0;
  }

  @Override
  public long baseBytes() {
    return 6L << 20;
  }

  /// Go's runtime ends a program that does not handle SIGTERM itself with code 2.
  @Override
  public int exitOn(Io io, int signal) {
    return GO_EXIT_ON_SIGNAL;
  }

  private static void log(Io io, String text) {
    io.err(SystemTime.format("%Y/%m/%d %H:%M:%S ", io.sys().now()) + text);
  }

  @Override
  public void started(Io io) {
    log(io, "Starting kuard version: " + version);
    String stars = "*".repeat(70);
    log(io, stars);
    log(io, "* WARNING: This server may expose sensitive");
    log(io, "* and secret information. Be careful.");
    log(io, stars);
    log(io, "Config: \n" + config());
    log(io, "Could not find certificates to serve TLS");
    log(io, "Serving on HTTP on :8080");
  }

  private static String config() {
    return """
    {
      "address": ":8080",
      "debug": false,
      "debug-sitedata-dir": "./sitedata",
      "keygen": {
        "enable": false,
        "exit-code": 0,
        "exit-on-complete": false,
        "memq-queue": "",
        "memq-server": "",
        "num-to-gen": 0,
        "time-to-run": 0
      },
      "liveness": {
        "fail-next": 0
      },
      "readiness": {
        "fail-next": 0
      },
      "tls-address": ":8443",
      "tls-dir": "/tls"
    }""";
  }

  @Override
  public HttpReply answer(Io io, HttpRequest request, String peer) {
    log(io, peer + " " + request.method() + " " + request.path());
    String path = request.path();
    return switch (path) {
      case "/" -> HttpReply.html(this, 200, page(io.sys()));
      case "/healthy" -> probe(true);
      case "/ready" -> probe(false);
      case "/healthy/api" -> probeApi(true, request);
      case "/ready/api" -> probeApi(false, request);
      case "/env", "/env/" -> HttpReply.text(this, 200, environment(io.sys()));
      case "/env/api" -> HttpReply.json(this, environmentJson(io.sys()));
      case "/mem", "/mem/" -> HttpReply.text(this, 200, "allocated: " + allocatedBytes + "\n");
      case "/mem/api" -> HttpReply.json(this, memoryJson());
      case "/mem/api/alloc" -> allocate(request);
      case "/mem/api/clear" -> HttpReply.json(withAllocated(0), withAllocated(0).memoryJson());
      default -> path.equals("/fs") || path.startsWith("/fs/") ? file(io.sys(), path) : notFound();
    };
  }

  private HttpReply notFound() {
    return HttpReply.text(this, 404, "404 page not found\n");
  }

  private Kuard withAllocated(long bytes) {
    return new Kuard(
        version, argv, healthyFails, readyFails, healthyRequests, readyRequests, bytes);
  }

  private HttpReply probe(boolean healthy) {
    int fails = healthy ? healthyFails : readyFails;
    int left = fails > 0 ? fails - 1 : fails;
    var next =
        new Kuard(
            version,
            argv,
            healthy ? left : healthyFails,
            healthy ? readyFails : left,
            healthyRequests + (healthy ? 1 : 0),
            readyRequests + (healthy ? 0 : 1),
            allocatedBytes);
    return fails == 0 ? HttpReply.text(next, 200, "ok") : HttpReply.text(next, 500, "fail\n");
  }

  private HttpReply probeApi(boolean healthy, HttpRequest request) {
    if (request.method().equals("GET")) {
      return HttpReply.json(this, probeJson(healthy));
    }
    var matcher = FAIL_NEXT.matcher(request.body());
    if (!matcher.find()) {
      return HttpReply.text(this, 500, "invalid request\n");
    }
    int fails = Integer.parseInt(matcher.group(1));
    var next =
        new Kuard(
            version,
            argv,
            healthy ? fails : healthyFails,
            healthy ? readyFails : fails,
            healthyRequests,
            readyRequests,
            allocatedBytes);
    return HttpReply.json(next, next.probeJson(healthy));
  }

  private String probeJson(boolean healthy) {
    return "{\"probePath\":\"%s\",\"failNext\":%d}\n"
        .formatted(healthy ? "/healthy" : "/ready", healthy ? healthyFails : readyFails);
  }

  private String memoryJson() {
    return "{\"memStats\":{\"allocated\":%d}}\n".formatted(allocatedBytes);
  }

  private HttpReply allocate(HttpRequest request) {
    String size = request.parameter("size");
    if (size == null || !size.matches("[0-9]{1,12}")) {
      return HttpReply.text(this, 400, "bad size\n");
    }
    Kuard next = withAllocated(allocatedBytes + Long.parseLong(size));
    return HttpReply.json(next, next.memoryJson());
  }

  private static String environment(Sys sys) {
    return sys.env().entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private String environmentJson(Sys sys) {
    String env =
        sys.env().entrySet().stream()
            .map(e -> quote(e.getKey()) + ":" + quote(e.getValue()))
            .collect(Collectors.joining(","));
    String words = argv.stream().map(Kuard::quote).collect(Collectors.joining(","));
    return "{\"commandLine\":[" + words + "],\"env\":{" + env + "}}\n";
  }

  private static String quote(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  private HttpReply file(Sys sys, String path) {
    String real = path.length() <= 4 ? "/" : path.substring(3);
    try {
      if (!sys.stat(real).isDirectory()) {
        return HttpReply.text(this, 200, sys.readFile(real));
      }
      var out = new StringBuilder("<pre>\n");
      for (String name : sys.list(real)) {
        boolean directory = sys.lstat(Paths.join(real, name)).isDirectory();
        String shown = directory ? name + "/" : name;
        out.append("<a href=\"").append(shown).append("\">").append(shown).append("</a>\n");
      }
      return HttpReply.html(this, 200, out.append("</pre>\n").toString());
    } catch (OsException _) {
      return notFound();
    }
  }

  private String page(Sys sys) {
    return """
    <!doctype html>
    <html lang="en">
    <head><meta charset="utf-8"><title>KUAR Demo</title></head>
    <body class="%2$s">
    <h1>Demo application version <i>%1$s</i></h1>
    <p>Serving on %3$s (%4$s)</p>
    <ul>
    <li><a href="/env">Server Env</a></li>
    <li><a href="/mem">Memory</a></li>
    <li><a href="/healthy">Liveness Probe</a></li>
    <li><a href="/ready">Readiness Probe</a></li>
    <li><a href="/fs/">File system browser</a></li>
    </ul>
    </body>
    </html>
    """
        .formatted(
            version,
            version.substring(version.lastIndexOf('-') + 1),
            sys.hostname(),
            sys.address());
  }
}
