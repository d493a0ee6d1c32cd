package dev.drydock.cluster.os.shell;

import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.Wait;

/// The `read` builtin: one line of standard input, split into variables.
final class ReadBuiltin {
  private static final int LINE_MAX = 1 << 20;

  private final Shell shell;
  private final Sys sys;

  ReadBuiltin(Shell shell, Sys sys) {
    this.shell = shell;
    this.sys = sys;
  }

  Next step(Frame.Read read) throws ShellFailure {
    int room = read.max() > 0 ? read.max() - read.text().length() : 4096;
    String piece = sys.readLine(0, room);
    if (piece == null) {
      if (read.deadline() != null && !sys.now().isBefore(read.deadline())) {
        shell.status = 1;
        return assign(read, read.text());
      }
      shell.push(read);
      return new Next.Block(shell, Wait.readable(0).orAt(read.deadline()));
    }
    String text = read.text() + piece;
    if (piece.isEmpty()) {
      shell.status = 1;
      return assign(read, text);
    }
    boolean full = read.max() > 0 && text.length() >= read.max();
    boolean whole = text.endsWith("\n") && (read.raw() || !isEscaped(text));
    if (!whole && !full && text.length() < LINE_MAX) {
      String kept =
          text.endsWith("\n") && !read.raw() ? text.substring(0, text.length() - 2) : text;
      shell.push(new Frame.Read(read.names(), read.raw(), kept, read.deadline(), read.max()));
      return new Next.Go(shell);
    }
    shell.status = 0;
    return assign(read, whole ? text.substring(0, text.length() - 1) : text);
  }

  private static boolean isEscaped(String text) {
    int slashes = 0;
    for (int i = text.length() - 2; i >= 0 && text.charAt(i) == '\\'; i--) {
      slashes++;
    }
    return slashes % 2 == 1;
  }

  private Next assign(Frame.Read read, String text) throws ShellFailure {
    String ifs = shell.ifs();
    int at = 0;
    int count = read.names().size();
    for (int i = 0; i < count; i++) {
      at = skipBlanks(text, at, ifs);
      boolean last = i == count - 1;
      var field = new StringBuilder();
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '\\' && !read.raw() && at + 1 < text.length()) {
          field.append(text.charAt(at + 1));
          at += 2;
          continue;
        }
        if (!last && ifs.indexOf(c) >= 0) {
          break;
        }
        field.append(c);
        at++;
      }
      if (last) {
        trimEnd(field, ifs);
      } else {
        at = skipSeparator(text, at, ifs);
      }
      shell.assign(read.names().get(i), field.toString());
    }
    return new Next.Go(shell);
  }

  private static int skipBlanks(String text, int from, String ifs) {
    int at = from;
    while (at < text.length() && isBlank(text.charAt(at), ifs)) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(char c, String ifs) {
    return (c == ' ' || c == '\t' || c == '\n') && ifs.indexOf(c) >= 0;
  }

  private static int skipSeparator(String text, int from, String ifs) {
    int at = skipBlanks(text, from, ifs);
    boolean other =
        at < text.length() && ifs.indexOf(text.charAt(at)) >= 0 && !isBlank(text.charAt(at), ifs);
    return other ? at + 1 : at;
  }

  private static void trimEnd(StringBuilder field, String ifs) {
    while (!field.isEmpty() && isBlank(field.charAt(field.length() - 1), ifs)) {
      field.setLength(field.length() - 1);
    }
  }
}
