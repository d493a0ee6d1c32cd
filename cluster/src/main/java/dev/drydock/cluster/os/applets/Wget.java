package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Errno;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `wget` and `curl` of one URL over HTTP.
///
/// Models busybox networking/wget.c and, for its common options, curl.
///
/// @param phase what is being done
/// @param redirects how many were followed
record Wget(Settings settings, Phase phase, int redirects) implements Program {
  private static final Duration NETWORK_TIMEOUT = Duration.ofSeconds(900);
  private static final int REDIRECTS_MAX = 10;
  private static final int ANSWER_MAX = 16 << 20;

  /// What the arguments ask for.
  ///
  /// @param output `-` for standard output, empty for the URL's file name
  record Settings(
      boolean curl,
      String url,
      String output,
      boolean quiet,
      boolean showHeaders,
      boolean spider,
      boolean head,
      boolean failOnError,
      boolean follow,
      String method,
      String body,
      ImmutableList<String> headers,
      Duration timeout,
      String writeOut) {
    Settings withUrl(String changed) {
      return new Settings(
          curl,
          changed,
          output,
          quiet,
          showHeaders,
          spider,
          head,
          failOnError,
          follow,
          method,
          body,
          headers,
          timeout,
          writeOut);
    }
  }

  private sealed interface Phase {
    record Connecting() implements Phase {}

    /// Nobody answers; the time runs.
    record Waiting(Instant until, String address, int port) implements Phase {}

    record Receiving(int descriptor, String answer, Instant until) implements Phase {}
  }

  private record Target(String host, int port, String path) {
    static @Nullable Target of(String url) {
      String rest = url.startsWith("http://") ? url.substring(7) : url;
      if (rest.contains("://")) {
        return null;
      }
      int slash = rest.indexOf('/');
      String authority = slash < 0 ? rest : rest.substring(0, slash);
      String path = slash < 0 ? "/" : rest.substring(slash);
      authority = authority.substring(authority.lastIndexOf('@') + 1);
      int colon = authority.lastIndexOf(':');
      String port = colon < 0 ? "80" : authority.substring(colon + 1);
      if (!port.matches("[0-9]{1,5}") || authority.isEmpty()) {
        return null;
      }
      return new Target(
          colon < 0 ? authority : authority.substring(0, colon), Integer.parseInt(port), path);
    }
  }

  static Program wget(ImmutableList<String> argv) {
    Options options =
        Options.parse(
            argv,
            "cqSO:T:P:U:Y:t:{spider}{header:}{post-data:}{post-file:}{no-check-certificate}{quiet}{timeout:}{server-response}{output-document:}{tries:}{method:}{body-data:}");
    if (!options.error().isEmpty() || options.operands().isEmpty()) {
      return new Once(
          (io, _) -> {
            io.err(
                options.error().isEmpty()
                    ? "Usage: wget [OPTIONS] URL..."
                    : "wget: " + options.error());
            return 1;
          },
          argv);
    }
    boolean post = options.has("post-data");
    String seconds = options.value("T", options.value("timeout", "900"));
    return new Wget(
        new Settings(
            false,
            options.operands().get(0),
            options.value("O", options.value("output-document", "")),
            options.has("q") || options.has("quiet"),
            options.has("S") || options.has("server-response"),
            options.has("spider"),
            options.has("spider"),
            true,
            true,
            options.value("method", post ? "POST" : "GET"),
            options.value("post-data", options.value("body-data", "")),
            options.values().get("header"),
            duration(seconds),
            ""),
        new Phase.Connecting(),
        0);
  }

  private static Duration duration(String seconds) {
    double value = Sleep.seconds(seconds);
    return value <= 0 ? NETWORK_TIMEOUT : Sleep.duration(value);
  }

  static Program curl(ImmutableList<String> argv) {
    Options options =
        Options.parse(
            argv,
            "sSkfLivIo:X:d:H:m:w:A:{data:}{request:}{header:}{max-time:}{connect-timeout:}{silent}{show-error}{fail}{location}{include}{head}{output:}{write-out:}{data-raw:}{insecure}{retry:}");
    if (!options.error().isEmpty() || options.operands().isEmpty()) {
      return new Once(
          (io, _) -> {
            io.err("curl: try 'curl --help' for more information");
            return 2;
          },
          argv);
    }
    String data = options.value("d", options.value("data", options.value("data-raw", "")));
    boolean head = options.has("I") || options.has("head");
    boolean posts = options.has("d") || options.has("data") || options.has("data-raw");
    var headers = ImmutableList.<String>builder();
    headers.addAll(options.values().get("H")).addAll(options.values().get("header"));
    String limit =
        options.value("m", options.value("max-time", options.value("connect-timeout", "130")));
    return new Wget(
        new Settings(
            true,
            options.operands().get(0),
            options.value("o", options.value("output", "-")),
            options.has("s") || options.has("silent"),
            options.has("i") || options.has("include") || head,
            false,
            head,
            options.has("f") || options.has("fail"),
            options.has("L") || options.has("location"),
            options.value("X", options.value("request", head ? "HEAD" : posts ? "POST" : "GET")),
            data,
            headers.build(),
            duration(limit),
            options.value("w", options.value("write-out", ""))),
        new Phase.Connecting(),
        0);
  }

  @Override
  public long heldBytes() {
    return phase instanceof Phase.Receiving r ? r.answer.length() : 0;
  }

  @Override
  public Next step(Sys sys) {
    var io = new Io(sys);
    Next next =
        switch (phase) {
          case Phase.Connecting _ -> connect(sys, io);
          case Phase.Waiting waiting ->
              sys.now().isBefore(waiting.until)
                  ? new Next.Block(this, Wait.until(waiting.until))
                  : timedOut(io, waiting.address, waiting.port);
          case Phase.Receiving receiving -> receive(sys, io, receiving);
        };
    io.flush();
    return next;
  }

  private Next fail(Io io, int curlCode, String curlText, String wgetText) {
    if (!settings.curl) {
      io.err("wget: " + wgetText);
    } else if (!settings.quiet) {
      io.err("curl: (" + curlCode + ") " + curlText);
    }
    if (settings.curl) {
      io.out(writeOut("000"));
    }
    return new Next.Exit(settings.curl ? curlCode : 1);
  }

  private String writeOut(String code) {
    return settings.writeOut.replace("%{http_code}", code).replace("\\n", "\n");
  }

  private Next timedOut(Io io, String address, int port) {
    boolean system = settings.timeout.compareTo(Duration.ofSeconds(130)) > 0;
    return fail(
        io,
        28,
        "Connection timed out after " + settings.timeout.toMillis() + " milliseconds",
        system
            ? "can't connect to remote host (" + address + "): Connection timed out"
            : "download timed out");
  }

  private Next connect(Sys sys, Io io) {
    Target target = Target.of(settings.url);
    if (target == null) {
      String scheme = settings.url.replaceFirst(":.*", "");
      return fail(
          io,
          1,
          "Protocol \"" + scheme + "\" not supported",
          "not an http or ftp url: " + settings.url);
    }
    Sys.Lookup found = sys.lookup(target.host);
    if (found == null) {
      return fail(
          io, 6, "Could not resolve host: " + target.host, "bad address '" + target.host + "'");
    }
    String address = found.addresses().get(0);
    if (!settings.curl && !settings.quiet) {
      io.err(
          "Connecting to %s (%s:%d)"
              .formatted(
                  target.port == 80 ? target.host : target.host + ":" + target.port,
                  address,
                  target.port));
    }
    int fd;
    try {
      fd = sys.connect(address, target.port);
    } catch (OsException e) {
      if (e.errno() == Errno.ETIMEDOUT) {
        Instant until = sys.now().plus(settings.timeout);
        Duration system = Duration.ofSeconds(127);
        Instant end = settings.timeout.compareTo(system) > 0 ? sys.now().plus(system) : until;
        return new Next.Block(
            new Wget(settings, new Phase.Waiting(end, address, target.port), redirects),
            Wait.until(end));
      }
      return fail(
          io,
          7,
          "Failed to connect to %s port %d after 0 ms: Could not connect to server"
              .formatted(target.host, target.port),
          "can't connect to remote host (" + address + "): " + e.text());
    }
    sys.write(fd, request(target));
    Instant until = sys.now().plus(settings.timeout);
    return new Next.Go(new Wget(settings, new Phase.Receiving(fd, "", until), redirects));
  }

  private String request(Target target) {
    List<String> lines = new ArrayList<>();
    lines.add((settings.head ? "HEAD" : settings.method) + " " + target.path + " HTTP/1.1");
    lines.add("Host: " + (target.port == 80 ? target.host : target.host + ":" + target.port));
    if (settings.headers.stream()
        .noneMatch(h -> h.toLowerCase(Locale.ROOT).startsWith("user-agent:"))) {
      lines.add("User-Agent: " + (settings.curl ? "curl/8.11.1" : "Wget"));
    }
    if (settings.curl) {
      lines.add("Accept: */*");
    }
    lines.add("Connection: close");
    lines.addAll(settings.headers);
    if (!settings.body.isEmpty()) {
      if (settings.headers.stream()
          .noneMatch(h -> h.toLowerCase(Locale.ROOT).startsWith("content-type:"))) {
        lines.add("Content-Type: application/x-www-form-urlencoded");
      }
      lines.add("Content-Length: " + settings.body.length());
    }
    return String.join("\r\n", lines) + "\r\n\r\n" + settings.body;
  }

  private Next receive(Sys sys, Io io, Phase.Receiving receiving) {
    String piece = sys.read(receiving.descriptor, 1 << 16);
    if (piece == null) {
      return sys.now().isBefore(receiving.until)
          ? new Next.Block(this, Wait.readable(receiving.descriptor).orAt(receiving.until))
          : timedOut(io, "", 0);
    }
    if (!piece.isEmpty() && receiving.answer.length() < ANSWER_MAX) {
      var more =
          new Phase.Receiving(receiving.descriptor, receiving.answer + piece, receiving.until);
      return new Next.Go(new Wget(settings, more, redirects));
    }
    sys.close(receiving.descriptor);
    return answered(sys, io, receiving.answer);
  }

  private Next answered(Sys sys, Io io, String answer) {
    int end = answer.indexOf("\r\n\r\n");
    String head = end < 0 ? answer : answer.substring(0, end);
    String body = end < 0 ? "" : answer.substring(end + 4);
    String[] lines = head.split("\r\n");
    String[] status = lines[0].split(" ", 3);
    if (status.length < 2 || !status[1].matches("[0-9]{3}")) {
      return fail(io, 52, "Empty reply from server", "error getting response");
    }
    int code = Integer.parseInt(status[1]);
    String location = header(lines, "location");
    if (code / 100 == 3 && !location.isEmpty() && settings.follow) {
      if (redirects >= REDIRECTS_MAX) {
        return fail(io, 47, "Maximum (10) redirects followed", "too many redirections");
      }
      Target from = Target.of(settings.url);
      String base = from == null ? "" : "http://" + from.host + ":" + from.port;
      String url = location.startsWith("/") ? base + location : location;
      return new Next.Go(new Wget(settings.withUrl(url), new Phase.Connecting(), redirects + 1));
    }
    if (settings.showHeaders) {
      if (settings.curl) {
        io.out(head + "\r\n\r\n");
      } else {
        for (String line : lines) {
          io.err("  " + line);
        }
      }
    }
    if (code >= 400 && settings.failOnError) {
      return settings.curl
          ? fail(io, 22, "The requested URL returned error: " + code, "")
          : fail(io, 22, "", "server returned error: " + lines[0]);
    }
    return finish(sys, io, status[1], body);
  }

  private static String header(String[] lines, String name) {
    for (String line : lines) {
      if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
        return line.substring(name.length() + 1).strip();
      }
    }
    return "";
  }

  private Next finish(Sys sys, Io io, String code, String body) {
    if (settings.spider) {
      if (!settings.quiet) {
        io.err("remote file exists");
      }
      return new Next.Exit(0);
    }
    String name = settings.output;
    if (name.isEmpty()) {
      Target target = Target.of(settings.url);
      String path = target == null ? "" : target.path.replaceFirst("\\?.*", "");
      name = path.substring(path.lastIndexOf('/') + 1);
      name = name.isEmpty() ? "index.html" : name;
    }
    if (name.equals("-")) {
      io.out(body);
    } else {
      try {
        if (!settings.curl && settings.output.isEmpty() && sys.exists(name)) {
          io.err("wget: can't open '" + name + "': File exists");
          return new Next.Exit(1);
        }
        sys.writeFile(name, body, 0666);
      } catch (OsException e) {
        io.err((settings.curl ? "curl: (23) " : "wget: can't open '" + name + "': ") + e.text());
        return new Next.Exit(settings.curl ? 23 : 1);
      }
    }
    if (!settings.curl && !settings.quiet) {
      if (name.equals("-")) {
        io.flush();
        io.err("writing to stdout");
      } else {
        io.err("saving to '" + name + "'");
      }
      String label = "%-20.20s".formatted(name);
      io.err(
          "%s 100%% |********************************| %5d  0:00:00 ETA"
              .formatted(label, body.length()));
      io.err(name.equals("-") ? "written to stdout" : "'" + name + "' saved");
    }
    io.out(settings.curl ? writeOut(code) : "");
    return new Next.Exit(0);
  }
}
