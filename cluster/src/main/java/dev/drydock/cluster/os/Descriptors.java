package dev.drydock.cluster.os;

import dev.drydock.cluster.network.Listener;
import dev.drydock.cluster.network.NetworkState;
import dev.drydock.cluster.os.KernelState.KernelFile;
import org.jspecify.annotations.Nullable;
import org.pcollections.IntTreePMap;

/// Open files, pipes and terminals: what descriptors refer to, and how bytes move through them.
final class Descriptors {
  private static final int PER_PROCESS_MAX = 256;
  private static final int INPUT_MAX = 1 << 20;

  private final Kernel kernel;
  private final Outlet outlet;
  private IntTreePMap<KernelFile> files;
  private IntTreePMap<Pipe> pipes;
  private IntTreePMap<Terminal> terminals;

  Descriptors(Kernel kernel, KernelState state, Outlet outlet) {
    this.kernel = kernel;
    this.outlet = outlet;
    this.files = state.files();
    this.pipes = state.pipes();
    this.terminals = state.terminals();
  }

  IntTreePMap<KernelFile> files() {
    return files;
  }

  IntTreePMap<Pipe> pipes() {
    return pipes;
  }

  IntTreePMap<Terminal> terminals() {
    return terminals;
  }

  // ---- the table

  OpenFile file(Process process, int fd) {
    Integer key = process.descriptors.get(fd);
    KernelFile file = key == null ? null : files.get(key);
    if (file == null) {
      throw new OsException(Errno.EBADF);
    }
    return file.file();
  }

  /// Opens with the lowest free number.
  int open(Process process, OpenFile file) {
    return open(process, file, 0);
  }

  int open(Process process, OpenFile file, int lowest) {
    int key = kernel.newId();
    files = files.plus(key, new KernelFile(file, 1));
    try {
      int fd = free(process, lowest);
      process.descriptors = process.descriptors.plus(fd, key);
      return fd;
    } catch (OsException e) {
      release(key);
      throw e;
    }
  }

  private int free(Process process, int lowest) {
    if (process.descriptors.size() >= PER_PROCESS_MAX) {
      throw new OsException(Errno.EMFILE);
    }
    int fd = lowest;
    while (process.descriptors.containsKey(fd)) {
      fd++;
    }
    return fd;
  }

  /// A second descriptor for the same open file, at a number or the lowest free one from it on.
  int duplicate(Process process, int fd, int target, boolean exactly) {
    Integer key = process.descriptors.get(fd);
    if (key == null) {
      throw new OsException(Errno.EBADF);
    }
    if (exactly && fd == target) {
      return fd;
    }
    int to = exactly ? target : free(process, target);
    retain(key);
    close(process, to);
    process.descriptors = process.descriptors.plus(to, key);
    return to;
  }

  private void retain(int key) {
    KernelFile file = files.get(key);
    if (file != null) {
      files = files.plus(key, new KernelFile(file.file(), file.references() + 1));
    }
  }

  /// Counts the descriptors a new process has got from its parent.
  void share(Process child) {
    child.descriptors.values().forEach(this::retain);
  }

  void close(Process process, int fd) {
    Integer key = process.descriptors.get(fd);
    if (key != null) {
      process.descriptors = process.descriptors.minus(fd);
      release(key);
    }
  }

  void closeAll(Process process) {
    for (int key : process.descriptors.values()) {
      release(key);
    }
    process.descriptors = IntTreePMap.empty();
  }

  void closeForExec(Process process) {
    for (int fd : process.descriptors.keySet()) {
      if (fd >= Process.CLOSED_BY_EXEC) {
        close(process, fd);
      }
    }
  }

  private void release(int key) {
    KernelFile file = files.get(key);
    if (file == null) {
      return;
    }
    if (file.references() > 1) {
      files = files.plus(key, new KernelFile(file.file(), file.references() - 1));
      return;
    }
    files = files.minus(key);
    switch (file.file()) {
      case OpenFile.File f -> kernel.dropIfUnused(f.fileSystem(), f.inode());
      case OpenFile.PipeEnd(int id, boolean writes) -> closeEnd(id, writes);
      case OpenFile.Listening(int id) -> kernel.setNetwork(kernel.network().unlisten(id));
      case OpenFile.Socket(long id, boolean client) ->
          kernel.setNetwork(kernel.network().close(id, client));
      case OpenFile.Text _, OpenFile.Device _, OpenFile.TerminalEnd _, OpenFile.Sink _ -> {}
    }
  }

  private void closeEnd(int id, boolean writes) {
    Pipe pipe = pipes.get(id);
    if (pipe != null) {
      Pipe changed = writes ? pipe.withoutWriters() : pipe.withoutReaders();
      pipes = changed.readable() || changed.writable() ? pipes.plus(id, changed) : pipes.minus(id);
    }
  }

  boolean isOpen(String fileSystem, int inode) {
    return files.values().stream()
        .anyMatch(
            f ->
                f.file() instanceof OpenFile.File o
                    && o.inode() == inode
                    && o.fileSystem().equals(fileSystem));
  }

  void openStandard(Process process, String sink, int inputPipe, int terminal) {
    if (terminal != 0) {
      int fd = open(process, new OpenFile.TerminalEnd(terminal));
      duplicate(process, fd, 1, true);
      duplicate(process, fd, 2, true);
      terminals = terminals.plus(terminal, terminal(terminal).withLeader(process.id));
      return;
    }
    open(
        process,
        inputPipe == 0
            ? new OpenFile.Device(Inode.DeviceKind.NULL)
            : new OpenFile.PipeEnd(inputPipe, false));
    open(process, new OpenFile.Sink(sink, 1));
    open(process, new OpenFile.Sink(sink, 2));
  }

  // ---- pipes

  int[] openPipe(Process process) {
    int id = kernel.newId();
    pipes = pipes.plus(id, Pipe.NEW);
    int reader = open(process, new OpenFile.PipeEnd(id, false));
    int writer = open(process, new OpenFile.PipeEnd(id, true));
    return new int[] {reader, writer};
  }

  int openInputPipe() {
    int id = kernel.newId();
    pipes = pipes.plus(id, Pipe.NEW);
    return id;
  }

  void feed(int id, String bytes) {
    Pipe pipe = pipes.get(id);
    if (pipe != null && pipe.readable() && pipe.writable()) {
      pipes = pipes.plus(id, pipe.plus(bytes));
    }
  }

  void closeInput(int id) {
    closeEnd(id, true);
  }

  int inputRoom(int id) {
    Pipe pipe = pipes.get(id);
    return pipe == null ? 0 : Math.max(0, INPUT_MAX - pipe.size());
  }

  // ---- terminals

  int openTerminal(String sink) {
    int id = kernel.newId();
    terminals = terminals.plus(id, Terminal.of(sink));
    return id;
  }

  Terminal terminal(int id) {
    Terminal terminal = terminals.get(id);
    if (terminal == null) {
      throw new OsException(Errno.EBADF);
    }
    return terminal;
  }

  void resize(int id, int rows, int columns) {
    if (terminals.containsKey(id)) {
      terminals = terminals.plus(id, terminal(id).withSize(rows, columns));
    }
  }

  void setRaw(int id, boolean raw) {
    terminals = terminals.plus(id, terminal(id).withRaw(raw));
  }

  void hangUp(int id) {
    if (terminals.containsKey(id)) {
      terminals = terminals.plus(id, terminal(id).hangUp());
    }
  }

  /// What was typed goes through the line discipline.
  void type(int id, String bytes) {
    for (int i = 0; i < bytes.length() && terminals.containsKey(id); i++) {
      typeOne(id, bytes.charAt(i));
    }
  }

  private void typeOne(int id, char c) {
    Terminal t = terminal(id);
    if (t.raw()) {
      terminals = terminals.plus(id, t.withInput("", t.input() + c, false));
      return;
    }
    switch (c) {
      case '\r', '\n' -> {
        echo(t, "\r\n");
        terminals = terminals.plus(id, t.withInput("", t.input() + t.line() + "\n", false));
      }
      case 3, 28 -> {
        echo(t, c == 3 ? "^C\r\n" : "^\\\r\n");
        terminals = terminals.plus(id, t.withInput("", t.input(), false));
        kernel.signalTerminal(id, c == 3 ? Signals.INT : Signals.QUIT);
      }
      case 4 ->
          terminals = terminals.plus(id, t.withInput("", t.input() + t.line(), t.line().isEmpty()));
      case 8, 127 -> {
        if (!t.line().isEmpty()) {
          echo(t, "\b \b");
          String shorter = t.line().substring(0, t.line().length() - 1);
          terminals = terminals.plus(id, t.withInput(shorter, t.input(), false));
        }
      }
      case 21 -> {
        echo(t, "\b \b".repeat(t.line().length()));
        terminals = terminals.plus(id, t.withInput("", t.input(), false));
      }
      case 12 -> {}
      default -> {
        if (t.line().length() < 4095) {
          echo(t, Character.toString(c));
          terminals = terminals.plus(id, t.withInput(t.line() + c, t.input(), false));
        }
      }
    }
  }

  private void echo(Terminal terminal, String text) {
    int _ = outlet.accept(terminal.sink(), 1, text);
  }

  /// True if what is written goes to a log or a session, which costs more than a pipe does.
  boolean leadsOut(Process process, int fd) {
    Integer key = process.descriptors.get(fd);
    KernelFile file = key == null ? null : files.get(key);
    return file != null
        && (file.file() instanceof OpenFile.Sink || file.file() instanceof OpenFile.TerminalEnd);
  }

  // ---- reading and writing

  /// True if a read would not wait.
  boolean canRead(Process process, int fd) {
    Integer key = process.descriptors.get(fd);
    KernelFile file = key == null ? null : files.get(key);
    if (file == null) {
      return true;
    }
    NetworkState network = kernel.network();
    return switch (file.file()) {
      case OpenFile.PipeEnd(int id, _) -> {
        Pipe pipe = pipes.get(id);
        yield pipe == null || pipe.size() > 0 || !pipe.writable();
      }
      case OpenFile.TerminalEnd(int id) -> {
        Terminal t = terminal(id);
        yield !t.input().isEmpty() || t.endOfFile() || t.hungUp();
      }
      case OpenFile.Listening(int id) -> {
        Listener listener = network.listeners().get(id);
        yield listener != null && !listener.backlog().isEmpty();
      }
      case OpenFile.Socket(long id, boolean client) ->
          !network.peek(id, client, 1).isEmpty() || network.isAtEnd(id, client);
      case OpenFile.File _, OpenFile.Text _, OpenFile.Device _, OpenFile.Sink _ -> true;
    };
  }

  /// At most max bytes; empty at the end; null if it would wait.
  @Nullable String read(Process process, int fd, int max, boolean line) {
    return switch (file(process, fd)) {
      case OpenFile.File f -> readFile(process, fd, f, max, line);
      case OpenFile.Text(String content, int offset) -> {
        String bytes =
            cut(content.substring(offset, Math.min(content.length(), offset + max)), line);
        replace(process, fd, new OpenFile.Text(content, offset + bytes.length()));
        yield bytes;
      }
      case OpenFile.Device(Inode.DeviceKind kind) -> readDevice(kind, max);
      case OpenFile.PipeEnd(int id, boolean writes) -> {
        if (writes) {
          throw new OsException(Errno.EBADF);
        }
        yield readPipe(id, max, line);
      }
      case OpenFile.TerminalEnd(int id) -> readTerminal(id, max);
      case OpenFile.Socket(long id, boolean client) -> {
        NetworkState network = kernel.network();
        String bytes = cut(network.peek(id, client, max), line);
        if (bytes.isEmpty()) {
          yield network.isAtEnd(id, client) ? "" : null;
        }
        kernel.setNetwork(network.consume(id, client, bytes.length()));
        yield bytes;
      }
      case OpenFile.Sink _, OpenFile.Listening _ -> throw new OsException(Errno.EBADF);
    };
  }

  /// Cut after the first newline, if asked for.
  private static String cut(String bytes, boolean line) {
    int end = line ? bytes.indexOf('\n') : -1;
    return end < 0 ? bytes : bytes.substring(0, end + 1);
  }

  private String readFile(Process process, int fd, OpenFile.File f, int max, boolean line) {
    if (!f.reads()) {
      throw new OsException(Errno.EBADF);
    }
    Inode inode = kernel.fileSystem(f.fileSystem()).inode(f.inode());
    if (!(inode instanceof Inode.Regular regular)) {
      throw new OsException(Errno.EISDIR);
    }
    String bytes = cut(regular.content().read(f.offset(), max), line);
    replace(process, fd, f.at(f.offset() + bytes.length()));
    return bytes;
  }

  void replace(Process process, int fd, OpenFile changed) {
    Integer key = process.descriptors.get(fd);
    KernelFile old = key == null ? null : files.get(key);
    if (key != null && old != null) {
      files = files.plus(key, new KernelFile(changed, old.references()));
    }
  }

  private String readDevice(Inode.DeviceKind kind, int max) {
    return switch (kind) {
      case NULL, TTY -> "";
      case ZERO, FULL -> "\0".repeat(max);
      case RANDOM -> {
        byte[] bytes = new byte[Math.min(max, Content.CHUNK)];
        kernel.random().nextBytes(bytes);
        yield ByteText.ofBytes(bytes);
      }
    };
  }

  private @Nullable String readPipe(int id, int max, boolean line) {
    Pipe pipe = pipes.get(id);
    if (pipe == null) {
      return "";
    }
    String bytes = cut(pipe.peek(max), line);
    if (bytes.isEmpty()) {
      return pipe.writable() ? null : "";
    }
    pipes = pipes.plus(id, pipe.minus(bytes.length()));
    return bytes;
  }

  private @Nullable String readTerminal(int id, int max) {
    Terminal t = terminal(id);
    if (t.input().isEmpty()) {
      if (t.endOfFile()) {
        terminals = terminals.plus(id, t.withInput(t.line(), "", false));
        return "";
      }
      return t.hungUp() ? "" : null;
    }
    String bytes =
        t.raw()
            ? t.input().substring(0, Math.min(max, t.input().length()))
            : cut(t.input().substring(0, Math.min(max, t.input().length())), true);
    terminals =
        terminals.plus(
            id, t.withInput(t.line(), t.input().substring(bytes.length()), t.endOfFile()));
    return bytes;
  }

  /// True if a write would take at least a byte, or fail at once.
  boolean canWrite(Process process, int fd) {
    Integer key = process.descriptors.get(fd);
    KernelFile file = key == null ? null : files.get(key);
    if (file == null) {
      return true;
    }
    return switch (file.file()) {
      case OpenFile.PipeEnd(int id, _) -> {
        Pipe pipe = pipes.get(id);
        yield pipe == null || !pipe.readable() || pipe.room() > 0;
      }
      case OpenFile.Sink(String key2, int stream) -> outlet.room(key2, stream) > 0;
      case OpenFile.TerminalEnd(int id) ->
          terminal(id).hungUp() || outlet.room(terminal(id).sink(), 1) > 0;
      case OpenFile.Socket(long id, boolean client) -> kernel.network().room(id, client) != 0;
      case OpenFile.File _, OpenFile.Text _, OpenFile.Device _, OpenFile.Listening _ -> true;
    };
  }

  /// Writes what there is room for and answers how much that was.
  ///
  /// @throws OsException EPIPE if nobody will read it
  int write(Process process, int fd, String bytes) {
    return switch (file(process, fd)) {
      case OpenFile.File f -> writeFile(process, fd, f, bytes);
      case OpenFile.Device(Inode.DeviceKind kind) -> {
        if (kind == Inode.DeviceKind.FULL) {
          throw new OsException(Errno.ENOSPC);
        }
        yield bytes.length();
      }
      case OpenFile.PipeEnd(int id, boolean writes) -> {
        Pipe pipe = pipes.get(id);
        if (!writes) {
          throw new OsException(Errno.EBADF);
        }
        if (pipe == null || !pipe.readable()) {
          throw new OsException(Errno.EPIPE);
        }
        int count = Math.min(pipe.room(), bytes.length());
        pipes = pipes.plus(id, pipe.plus(bytes.substring(0, count)));
        yield count;
      }
      case OpenFile.Sink(String key, int stream) -> outlet.accept(key, stream, bytes);
      case OpenFile.TerminalEnd(int id) -> writeTerminal(id, bytes);
      case OpenFile.Socket(long id, boolean client) -> {
        int room = kernel.network().room(id, client);
        if (room < 0) {
          throw new OsException(Errno.EPIPE);
        }
        int count = Math.min(room, bytes.length());
        kernel.setNetwork(kernel.network().send(id, client, bytes.substring(0, count)));
        yield count;
      }
      case OpenFile.Text _, OpenFile.Listening _ -> throw new OsException(Errno.EBADF);
    };
  }

  private int writeTerminal(int id, String bytes) {
    Terminal t = terminal(id);
    if (t.hungUp()) {
      return bytes.length();
    }
    int room = outlet.room(t.sink(), 1) / 2;
    String part = bytes.substring(0, Math.min(room, bytes.length()));
    int _ = outlet.accept(t.sink(), 1, t.raw() ? part : part.replace("\n", "\r\n"));
    return part.length();
  }

  private int writeFile(Process process, int fd, OpenFile.File f, String bytes) {
    if (!f.writes()) {
      throw new OsException(Errno.EBADF);
    }
    Inode inode = kernel.fileSystem(f.fileSystem()).inode(f.inode());
    if (inode instanceof Inode.Regular regular) {
      Content content = regular.content();
      long offset = f.appends() ? content.size() : f.offset();
      kernel.vfs().write(f.fileSystem(), f.inode(), content.write(offset, bytes));
      replace(process, fd, f.at(offset + bytes.length()));
    }
    return bytes.length();
  }

  /// Sends what a process could not write before. False if some is left.
  boolean flush(Process process) {
    while (!process.unsent.isEmpty() && process.zombie == null) {
      Process.Unsent first = process.unsent.get(0);
      int count;
      try {
        count = write(process, first.descriptor(), first.bytes());
      } catch (OsException e) {
        if (e.errno() == Errno.EPIPE) {
          brokenPipe(process);
        }
        process.unsent = process.unsent.minus(0);
        continue;
      }
      if (count < first.bytes().length()) {
        String rest = first.bytes().substring(count);
        process.unsent = process.unsent.with(0, new Process.Unsent(first.descriptor(), rest));
        return false;
      }
      process.unsent = process.unsent.minus(0);
    }
    return true;
  }

  private void brokenPipe(Process process) {
    if (!process.ignored.contains(Signals.PIPE)) {
      kernel.terminate(process, 128 + Signals.PIPE, Signals.PIPE);
    }
  }

  /// Writes all, keeping for later what there is no room for now.
  void send(Process process, int fd, String bytes) {
    if (bytes.isEmpty() || process.zombie != null) {
      return;
    }
    if (!process.unsent.isEmpty()) {
      process.unsent = process.unsent.plus(new Process.Unsent(fd, bytes));
      return;
    }
    int count;
    try {
      count = write(process, fd, bytes);
    } catch (OsException e) {
      if (e.errno() == Errno.EPIPE) {
        brokenPipe(process);
        return;
      }
      throw e;
    }
    if (count < bytes.length()) {
      process.unsent = process.unsent.plus(new Process.Unsent(fd, bytes.substring(count)));
    }
  }
}
