package dev.drydock.cluster.os.applets;

/// Permission bits as chmod takes them: octal, or like `u+x,go-w`.
final class Modes {
  private Modes() {}

  static boolean isValid(String spec) {
    return spec.matches("[0-7]{1,4}|([ugoa]*[-+=][rwxXst]*)(,[ugoa]*[-+=][rwxXst]*)*");
  }

  static int parse(String spec, int current) {
    if (spec.matches("[0-7]{1,4}")) {
      return Integer.parseInt(spec, 8);
    }
    int mode = current;
    for (String clause : spec.split(",")) {
      int at = 0;
      int who = 0;
      while (at < clause.length() && "ugoa".indexOf(clause.charAt(at)) >= 0) {
        who |=
            switch (clause.charAt(at++)) {
              case 'u' -> 04700;
              case 'g' -> 02070;
              case 'o' -> 01007;
              default -> 07777;
            };
      }
      if (at >= clause.length()) {
        continue;
      }
      int mask = who == 0 ? 07755 : who;
      char operator = clause.charAt(at++);
      int bits = 0;
      for (; at < clause.length(); at++) {
        bits |=
            switch (clause.charAt(at)) {
              case 'r' -> 0444;
              case 'w' -> 0222;
              case 'x' -> 0111;
              case 'X' -> (current & 0111) != 0 ? 0111 : 0;
              case 's' -> 06000;
              default -> 01000;
            };
      }
      bits &= mask;
      mode =
          switch (operator) {
            case '+' -> mode | bits;
            case '-' -> mode & ~bits;
            default -> (mode & ~(mask & 0777)) | bits;
          };
    }
    return mode;
  }
}
