package dev.drydock.cluster.embedded;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Reads the answers of web servers in containers: HTTP/1 with a length or up to the end.
final class HttpAnswer {
  private static final String BLANK_LINE = "\r\n\r\n";

  private HttpAnswer() {}

  /// Whether the head is there and as many bytes as it promises.
  static boolean isComplete(byte[] received) {
    String text = latin1(received);
    int head = text.indexOf(BLANK_LINE);
    if (head < 0) {
      return false;
    }
    Optional<String> length = header(text.substring(0, head), "content-length");
    return length
        .filter(value -> received.length >= head + BLANK_LINE.length() + number(value))
        .isPresent();
  }

  static ApiResponse parse(byte[] received) {
    String text = latin1(received);
    int head = text.indexOf(BLANK_LINE);
    String[] words = text.split("[ \r]", 3);
    if (head < 0 || words.length < 2) {
      return new ApiResponse(
          502,
          "text/plain",
          "error trying to reach service: EOF".getBytes(StandardCharsets.UTF_8),
          ImmutableList.of());
    }
    byte[] body = Arrays.copyOfRange(received, head + BLANK_LINE.length(), received.length);
    String type = header(text.substring(0, head), "content-type").orElse("text/plain");
    return new ApiResponse(number(words[1]), type, body, ImmutableList.of());
  }

  private static Optional<String> header(String head, String name) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
