package dev.drydock.cluster.cri;

import org.jspecify.annotations.Nullable;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// An exec or attach as the runtime keeps it.
///
/// @param process id of the process; 0 for an attach
/// @param inputPipe 0 without input or with a terminal
/// @param terminal 0 without
/// @param exitCode null while the process runs
record Session(
    String id,
    String containerId,
    int process,
    int inputPipe,
    int terminal,
    Output stdout,
    Output stderr,
    @Nullable Integer exitCode) {

  /// Output that was not read yet.
  record Output(PVector<String> chunks, int size) {
    /// How much a program may be ahead of its reader.
    static final int MAX = 256 * 1024;

    static final Output EMPTY = new Output(TreePVector.empty(), 0);

    int room() {
      return Math.max(0, MAX - size);
    }

    Output plus(String bytes) {
      return new Output(chunks.plus(bytes), size + bytes.length());
    }
  }

  Output output(OutputStreamName stream) {
    return stream == OutputStreamName.STDOUT ? stdout : stderr;
  }

  Session with(OutputStreamName stream, Output output) {
    boolean out = stream == OutputStreamName.STDOUT;
    return new Session(
        id,
        containerId,
        process,
        inputPipe,
        terminal,
        out ? output : stdout,
        out ? stderr : output,
        exitCode);
  }

  Session withProcess(int newProcess) {
    return new Session(id, containerId, newProcess, inputPipe, terminal, stdout, stderr, exitCode);
  }

  Session ended(int code) {
    return new Session(id, containerId, process, inputPipe, terminal, stdout, stderr, code);
  }
}
