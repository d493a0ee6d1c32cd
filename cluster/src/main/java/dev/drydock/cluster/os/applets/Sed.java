package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Sys;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// `sed`'s editing of lines, one behind, since `$` needs to know whether a line is the last.
///
/// Models busybox editors/sed.c.
final class Sed extends Filter.Logic {
  private static final int STEPS_MAX = 100_000;

  private final ImmutableList<SedScript.Command> commands;
  private final boolean quiet;
  private final boolean inPlace;
  private String hold = "";
  private @Nullable String waiting;
  private boolean waitingNewline;
  private long number;
  private boolean quit;
  private int exitCode;

  /// For each command with two addresses: where its range ends; 0 outside, negative until a match.
  private ImmutableList<Long> ranges;

  private String collected = "";
  private @Nullable String carried;
  private int resume;

  Sed(ImmutableList<SedScript.Command> commands, boolean quiet, boolean inPlace) {
    this.commands = commands;
    this.quiet = quiet;
    this.inPlace = inPlace;
    this.ranges = ImmutableList.copyOf(java.util.Collections.nCopies(commands.size(), 0L));
  }

  @Override
  void line(Io io, String file, String line, boolean newline) {
    if (waiting != null) {
      run(io, waiting, waitingNewline, false);
    }
    if (!quit) {
      waiting = line;
      waitingNewline = newline;
    }
  }

  @Override
  void endOfFile(Io io, String file) {
    if (inPlace) {
      flushLast(io);
      try {
        Sys.Stat stat = io.sys().stat(file);
        io.sys().writeFile(file, collected, stat.meta().mode());
      } catch (OsException e) {
        io.err("sed: " + file + ": " + e.text());
      }
      collected = "";
      number = 0;
    }
  }

  @Override
  void end(Io io) {
    flushLast(io);
  }

  private void flushLast(Io io) {
    String last = waiting;
    waiting = null;
    if (last != null && !quit) {
      run(io, last, waitingNewline, true);
    } else if (carried != null && !quit) {
      String space = carried;
      carried = null;
      if (!quiet) {
        emit(io, space + "\n");
      }
    }
  }

  @Override
  boolean isDone() {
    return quit;
  }

  @Override
  int status(boolean failed) {
    return exitCode != 0 ? exitCode : failed ? 1 : 0;
  }

  @Override
  long heldBytes() {
    return hold.length() + collected.length();
  }

  private void emit(Io io, String text) {
    if (inPlace) {
      collected += text;
    } else {
      io.out(text);
    }
  }

  private void run(Io io, String line, boolean newline, boolean last) {
    number++;
    String space = carried == null ? line : carried + "\n" + line;
    int at = resume;
    carried = null;
    resume = 0;
    var append = new StringBuilder();
    boolean replaced = false;
    boolean deleted = false;
    String end = newline ? "\n" : "";
    int steps = 0;
    while (at < commands.size()) {
      if (++steps > STEPS_MAX) {
        throw new Regex.TooExpensive();
      }
      SedScript.Command command = commands.get(at);
      if (selects(at, command, space, last) == command.negated()) {
        at = command.name() == '{' ? command.target() : at + 1;
        continue;
      }
      at++;
      switch (command.name()) {
        case 's' -> {
          String changed = substitute(command, space);
          if (changed != null) {
            space = changed;
            replaced = true;
            if (command.prints()) {
              emit(io, space + "\n");
            }
          }
        }
        case 'p' -> emit(io, space + "\n");
        case 'P' -> emit(io, space.split("\n", 2)[0] + "\n");
        case '=' -> emit(io, number + "\n");
        case 'd' -> {
          at = commands.size();
          deleted = true;
        }
        case 'D' -> {
          int cut = space.indexOf('\n');
          if (cut >= 0 && !last) {
            carried = space.substring(cut + 1);
          }
          at = commands.size();
          deleted = true;
        }
        case 'q', 'Q' -> {
          quit = true;
          exitCode = command.target();
          deleted = command.name() == 'Q';
          at = commands.size();
        }
        case 'a' -> append.append(command.text()).append('\n');
        case 'i' -> emit(io, command.text() + "\n");
        case 'c' -> {
          if (command.second() == null || ranges.get(at - 1) == 0) {
            emit(io, command.text() + "\n");
          }
          deleted = true;
          at = commands.size();
        }
        case 'y' -> space = transliterate(command, space);
        case 'h' -> hold = space;
        case 'H' -> hold = hold + "\n" + space;
        case 'g' -> space = hold;
        case 'G' -> space = space + "\n" + hold;
        case 'x' -> {
          String swap = hold;
          hold = space;
          space = swap;
        }
        case 'n' -> {
          if (last) {
            at = commands.size();
          } else {
            if (!quiet) {
              emit(io, space + end);
            }
            emit(io, append.toString());
            resume = at;
            return;
          }
        }
        case 'N' -> {
          if (!last) {
            emit(io, append.toString());
            carried = space;
            resume = at;
            return;
          }
        }
        case 'b' -> at = command.target();
        case 't' -> {
          if (replaced) {
            replaced = false;
            at = command.target();
          }
        }
        case 'T' -> at = replaced ? at : command.target();
        case 'l' ->
            emit(io, space.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t") + "$\n");
        case 'w' -> {
          int fd = io.sys().open(command.text(), Sys.Open.APPEND);
          io.sys().write(fd, space + "\n");
          io.sys().close(fd);
        }
        case 'r' -> {
          try {
            append.append(io.sys().readFile(command.text()));
          } catch (OsException _) {
            append.append("");
          }
        }
        default -> {}
      }
    }
    if (!quiet && !deleted) {
      emit(io, space + (quit && !newline ? "" : end));
    }
    emit(io, append.toString());
  }

  private boolean selects(int index, SedScript.Command command, String space, boolean last) {
    if (command.first() == null) {
      return true;
    }
    if (command.second() == null) {
      return command.first().matches(space, number, last);
    }
    long state = ranges.get(index);
    if (state == 0) {
      if (!command.first().matches(space, number, last)) {
        return false;
      }
      long end = command.second().endAfter(number);
      setRange(index, end < 0 ? -1 : end > number ? end : 0);
      return true;
    }
    boolean ends = state > 0 ? number >= state : command.second().matches(space, number, last);
    if (ends) {
      setRange(index, 0);
    }
    return state < 0 || number <= state;
  }

  private void setRange(int index, long value) {
    List<Long> changed = new ArrayList<>(ranges);
    changed.set(index, value);
    ranges = ImmutableList.copyOf(changed);
  }

  private static @Nullable String substitute(SedScript.Command command, String space) {
    Regex regex = command.regex();
    if (regex == null) {
      return null;
    }
    Matcher matcher = regex.matcher(space);
    var out = new StringBuilder();
    int from = 0;
    int count = 0;
    boolean changed = false;
    while (from <= space.length() && matcher.find(from)) {
      count++;
      out.append(space, Math.min(from, matcher.start()), matcher.start());
      boolean wanted =
          command.everyFrom() ? count >= command.occurrence() : count == command.occurrence();
      if (wanted) {
        SedScript.expand(out, command.text(), matcher);
        changed = true;
      } else {
        out.append(matcher.group());
      }
      from = matcher.end();
      if (matcher.end() == matcher.start()) {
        if (from < space.length()) {
          out.append(space.charAt(from));
        }
        from++;
      }
      if (wanted && !command.everyFrom()) {
        break;
      }
    }
    if (from < space.length()) {
      out.append(space, from, space.length());
    }
    return changed ? out.toString() : null;
  }

  private static String transliterate(SedScript.Command command, String space) {
    int half = command.text().length() / 2;
    var out = new StringBuilder();
    for (char c : space.toCharArray()) {
      int index = command.text().substring(0, half).indexOf(c);
      out.append(index < 0 ? c : command.text().charAt(half + index));
    }
    return out.toString();
  }

  @Override
  String complaint(String name, String file, String error) {
    return "sed: " + file + ": " + error;
  }
}
