package dev.drydock.cluster.os;

/// A terminal with its line discipline: echo, erase, end of file and interrupt.
///
/// @param line what was typed of the line so far
/// @param input lines (or raw bytes) ready to be read
/// @param endOfFile true after Ctrl-D on an empty line, until it is read
/// @param raw true if bytes pass without echo and line editing
/// @param leader process id of the session's leader, which Ctrl-C spares unless it catches it
/// @param sink where output goes
/// @param hungUp true once nobody is at the other end
record Terminal(
    String line,
    String input,
    boolean endOfFile,
    boolean raw,
    int rows,
    int columns,
    int leader,
    String sink,
    boolean hungUp) {

  static Terminal of(String sink) {
    return new Terminal("", "", false, false, 24, 80, 0, sink, false);
  }

  Terminal withInput(String newLine, String newInput, boolean atEnd) {
    return new Terminal(newLine, newInput, atEnd, raw, rows, columns, leader, sink, hungUp);
  }

  Terminal withSize(int newRows, int newColumns) {
    return new Terminal(line, input, endOfFile, raw, newRows, newColumns, leader, sink, hungUp);
  }

  Terminal withRaw(boolean value) {
    return new Terminal(line, input, endOfFile, value, rows, columns, leader, sink, hungUp);
  }

  Terminal withLeader(int process) {
    return new Terminal(line, input, endOfFile, raw, rows, columns, process, sink, hungUp);
  }

  Terminal hangUp() {
    return new Terminal(line, input, endOfFile, raw, rows, columns, leader, sink, true);
  }
}
