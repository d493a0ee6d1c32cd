package dev.drydock.cluster.os;

import com.google.common.collect.ImmutableList;

/// The signals of Linux by number, and what they do by default.
public final class Signals {
  public static final int HUP = 1;
  public static final int INT = 2;
  public static final int QUIT = 3;
  public static final int KILL = 9;
  public static final int PIPE = 13;
  public static final int TERM = 15;
  public static final int CHLD = 17;
  public static final int CONT = 18;
  public static final int STOP = 19;
  public static final int TSTP = 20;
  public static final int WINCH = 28;

  private static final ImmutableList<String> NAMES =
      ImmutableList.of(
          "EXIT", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV",
          "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU",
          "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "POLL", "PWR", "SYS");

  private Signals() {}

  /// The number of a name (with or without SIG) or of digits; -1 if there is none.
  public static int parse(String text) {
    String upper = text.toUpperCase(java.util.Locale.ROOT);
    if (!upper.isEmpty() && upper.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return upper.length() <= 2 && Integer.parseInt(upper) < NAMES.size()
          ? Integer.parseInt(upper)
          : -1;
    }
    return NAMES.indexOf(upper.startsWith("SIG") ? upper.substring(3) : upper);
  }

  public static String name(int number) {
    return NAMES.get(number);
  }

  public static ImmutableList<String> names() {
    return NAMES;
  }

  static boolean ignoredByDefault(int number) {
    return number == CHLD || number == CONT || number == WINCH || number == 23;
  }

  /// What a shell prints about a command that the signal ended.
  public static String description(int number) {
    return switch (number) {
      case HUP -> "Hangup";
      case QUIT -> "Quit";
      case 4 -> "Illegal instruction";
      case 6 -> "Aborted";
      case KILL -> "Killed";
      case 10 -> "User defined signal 1";
      case 11 -> "Segmentation fault";
      case 12 -> "User defined signal 2";
      case 14 -> "Alarm clock";
      case TERM -> "Terminated";
      default -> "";
    };
  }
}
