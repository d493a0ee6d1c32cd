package dev.drydock.cluster.apimachinery.schema;

/// Checks standard base64 and finds the byte that Go's encoding/base64 would complain of.
final class Base64Check {
  private Base64Check() {}

  /// The offset of the first wrong byte, or -1 where the text is right. Line breaks are passed
  /// over.
  static int firstWrongByte(String text) {
    int inQuantum = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\n' || c == '\r') {
        continue;
      }
      if (c == '=') {
        return padding(text, at, inQuantum);
      }
      if (!isAlphabet(c)) {
        return at;
      }
      inQuantum = (inQuantum + 1) % 4;
    }
    return inQuantum == 0 ? -1 : text.length() - inQuantum;
  }

  /// Padding stands after two or three characters of the last four, and fills them.
  private static int padding(String text, int at, int inQuantum) {
    if (inQuantum < 2) {
      return at;
    }
    int next = skipBreaks(text, at + 1);
    if (inQuantum == 2) {
      if (next == text.length()) {
        return text.length();
      }
      if (text.charAt(next) != '=') {
        return next - 1;
      }
      next = skipBreaks(text, next + 1);
    }
    return next < text.length() ? next : -1;
  }

  private static int skipBreaks(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r')) {
      at++;
    }
    return at;
  }

  private static boolean isAlphabet(char c) {
    return c >= 'A' && c <= 'Z'
        || c >= 'a' && c <= 'z'
        || c >= '0' && c <= '9'
        || c == '+'
        || c == '/';
  }
}
