package dev.drydock.cluster.os;

import java.nio.charset.StandardCharsets;

/// Conversions between bytes, Java text and the kernel's strings of one byte a char.
public final class ByteText {
  private ByteText() {}

  public static String ofBytes(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  public static byte[] toBytes(String byteText) {
    return byteText.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// The UTF-8 encoding of ordinary text.
  public static String ofText(String text) {
    return ofBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  public static String toText(String byteText) {
    return new String(toBytes(byteText), StandardCharsets.UTF_8);
  }
}
