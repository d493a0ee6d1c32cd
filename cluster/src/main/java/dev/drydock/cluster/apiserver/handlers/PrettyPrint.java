package dev.drydock.cluster.apiserver.handlers;

import dev.drydock.cluster.ApiRequest;
import java.io.ByteArrayOutputStream;
import java.util.List;

/// Indents answers for people: for whoever asks with `pretty=true`, and for curl, wget and
/// browsers, such as behind `kubectl proxy`. Models isPrettyPrint of apiserver's negotiation and
/// Go's json.Indent with two spaces.
public final class PrettyPrint {
  private static final List<String> HUMANS = List.of("curl", "Wget", "Mozilla/5.0");
  private static final List<String> YES = List.of("1", "t", "T", "true", "TRUE", "True");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int depth;

  private PrettyPrint() {}

  /// The body as the asker is to see it. OpenAPI documents, which Kubernetes writes elsewhere, and
  /// whatever is not JSON stay as they are.
  public static byte[] body(
      byte[] body, String contentType, String userAgent, String path, String pretty) {
    boolean people = HUMANS.stream().anyMatch(userAgent::startsWith);
    boolean asked = pretty.isEmpty() ? people : YES.contains(pretty);
    boolean json = contentType.startsWith(ApiRequest.JSON) && !path.startsWith("/openapi");
    return asked && json ? new PrettyPrint().indent(body) : body;
  }

  private byte[] indent(byte[] json) {
    boolean quoted = false;
    for (int i = 0; i < json.length; i++) {
      byte at = json[i];
      if (quoted) {
        out.write(at);
        if (at == '\\') {
          out.write(json[++i]);
        }
        quoted = json[i] != '"' || at == '\\';
        continue;
      }
      quoted = at == '"';
      punctuate(at, i + 1 < json.length ? json[i + 1] : 0);
      if ((at == '{' || at == '[') && json[i + 1] == at + 2) {
        out.write(json[++i]);
      }
    }
    return out.toByteArray();
  }

  private void punctuate(byte at, byte next) {
    switch (at) {
      case '{', '[' -> {
        out.write(at);
        if (next != at + 2) {
          depth++;
          line();
        }
      }
      case '}', ']' -> {
        depth--;
        line();
        out.write(at);
      }
      case ',' -> {
        out.write(at);
        line();
      }
      case ':' -> {
        out.write(at);
        out.write(' ');
      }
      case ' ', '\n', '\r', '\t' -> {}
      default -> out.write(at);
    }
  }

  private void line() {
    out.write('\n');
    for (int i = 0; i < depth; i++) {
      out.write(' ');
      out.write(' ');
    }
  }
}
