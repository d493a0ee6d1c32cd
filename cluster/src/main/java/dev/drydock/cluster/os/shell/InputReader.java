package dev.drydock.cluster.os.shell;

import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Next;
import dev.drydock.cluster.os.Sys;
import dev.drydock.cluster.os.Wait;

/// Reads commands from standard input, a line at a time, so that what a command reads itself is
/// left for it; prompts if the shell is interactive.
final class InputReader {
  private static final int LINE_MAX = 1 << 16;
  private static final int COMMAND_MAX = 1 << 20;

  private final Shell shell;
  private final Sys sys;
  private final Io io;

  InputReader(Shell shell, Sys sys, Io io) {
    this.shell = shell;
    this.sys = sys;
    this.io = io;
  }

  Next read(Frame.Input input) throws ShellFailure {
    if (shell.isInteractive() && !input.prompted()) {
      prompt(input.incomplete().isEmpty() ? "PS1" : "PS2");
    }
    String piece = sys.readLine(0, LINE_MAX);
    if (piece == null) {
      io.flush();
      shell.push(new Frame.Input(input.incomplete(), input.line(), true));
      return new Next.Block(shell, Wait.readable(0));
    }
    boolean atEnd = piece.isEmpty();
    String text = input.incomplete() + piece;
    if (atEnd && text.isBlank()) {
      if (shell.isInteractive()) {
        io.out("\n");
      }
      return new Next.Go(shell);
    }
    if ((!atEnd && !piece.endsWith("\n")) && text.length() < COMMAND_MAX) {
      shell.push(new Frame.Input(text, input.line(), true));
      return new Next.Go(shell);
    }
    return parse(input, text, atEnd || text.length() >= COMMAND_MAX);
  }

  private Next parse(Frame.Input input, String text, boolean atEnd) throws ShellFailure {
    if (!atEnd && endsWithEscapedNewline(text)) {
      shell.push(new Frame.Input(text, input.line(), false));
      return new Next.Go(shell);
    }
    var parser = new Parser(text, 0, input.line());
    Node node;
    try {
      node = parser.all();
    } catch (SyntaxException e) {
      if (e.isIncomplete() && !atEnd) {
        shell.push(new Frame.Input(text, input.line(), false));
        return new Next.Go(shell);
      }
      shell.line = parser.line();
      if (shell.isInteractive()) {
        shell.push(new Frame.Input("", parser.line() + 1, false));
      }
      throw new ShellFailure("syntax error: " + e.getMessage(), 2);
    }
    if (!atEnd) {
      shell.push(new Frame.Input("", parser.line(), false));
    }
    shell.push(new Frame.Run(node, false));
    return new Next.Go(shell);
  }

  private static boolean endsWithEscapedNewline(String text) {
    int slashes = 0;
    for (int i = text.length() - 2; i >= 0 && text.charAt(i) == '\\'; i--) {
      slashes++;
    }
    return slashes % 2 == 1;
  }

  private void prompt(String name) {
    String raw = shell.value(name);
    String home = shell.value("HOME");
    String directory = sys.directory();
    String shown =
        home != null && home.length() > 1 && (directory + "/").startsWith(home + "/")
            ? "~" + directory.substring(home.length())
            : directory;
    io.flush();
    sys.write(
        2,
        (raw == null ? "# " : raw)
            .replace("\\w", shown)
            .replace("\\h", sys.hostname())
            .replace("\\u", sys.uid() == 0 ? "root" : Integer.toString(sys.uid()))
            .replace("\\$", sys.uid() == 0 ? "#" : "$"));
  }
}
