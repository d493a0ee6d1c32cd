package dev.drydock.cluster.embedded;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// The frames of SPDY/3.1, as far as `kubectl port-forward` uses them inside its WebSocket: streams
/// with headers, data, resets and pings; no flow control. One object for each connection, since the
/// headers' compression is a dialogue. Models moby/spdystream.
final class SpdyFrames {
  private static final int SYN_STREAM = 1;
  private static final int SYN_REPLY = 2;
  private static final int RST_STREAM = 3;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int FLAG_FIN = 1;
  private static final int VERSION = 3;
  private static final int HEADER_BYTES = 8;

  /// The largest frame a client may send.
  private static final int FRAME_BYTES_MAX = 1 << 20;

  private final Inflater inflater = new Inflater();
  private final Deflater deflater = new Deflater();
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  SpdyFrames() {
    deflater.setDictionary(SpdyDictionary.BYTES);
  }

  /// What a client sends.
  sealed interface Frame {
    record Open(int stream, Map<String, String> headers) implements Frame {}

    record Data(int stream, byte[] bytes, boolean fin) implements Frame {}

    record Reset(int stream) implements Frame {}

    record Ping(byte[] frame) implements Frame {}

    record GoAway() implements Frame {}
  }

  /// Takes bytes as they come and hands out the frames that are complete.
  ///
  /// @throws DataFormatException when they are not SPDY
  void receive(byte[] bytes, java.util.function.Consumer<Frame> out) throws DataFormatException {
    pending.writeBytes(bytes);
    ByteBuffer buffer = ByteBuffer.wrap(pending.toByteArray());
    while (buffer.remaining() >= HEADER_BYTES) {
      int length = buffer.getInt(buffer.position() + 4) & 0xFFFFFF;
      if (length > FRAME_BYTES_MAX) {
        throw new DataFormatException("a frame of " + length + " bytes");
      }
      if (buffer.remaining() < HEADER_BYTES + length) {
        break;
      }
      byte[] frame = new byte[HEADER_BYTES + length];
      buffer.get(frame);
      parse(ByteBuffer.wrap(frame), frame, out);
    }
    pending.reset();
    pending.write(buffer.array(), buffer.position(), buffer.remaining());
  }

  private void parse(ByteBuffer frame, byte[] raw, java.util.function.Consumer<Frame> out)
      throws DataFormatException {
    int first = frame.getInt();
    int flags = frame.getInt() >>> 24;
    if (first >= 0) {
      byte[] data = new byte[frame.remaining()];
      frame.get(data);
      out.accept(new Frame.Data(first, data, (flags & FLAG_FIN) != 0));
      return;
    }
    switch (first & 0xFFFF) {
      case SYN_STREAM -> {
        int stream = frame.getInt() & Integer.MAX_VALUE;
        frame.position(frame.position() + 6);
        out.accept(new Frame.Open(stream, headers(frame)));
      }
      case RST_STREAM -> out.accept(new Frame.Reset(frame.getInt() & Integer.MAX_VALUE));
      case PING -> out.accept(new Frame.Ping(raw));
      case GOAWAY -> out.accept(new Frame.GoAway());
      default -> {}
    }
  }

  private Map<String, String> headers(ByteBuffer compressed) throws DataFormatException {
    byte[] input = new byte[compressed.remaining()];
    compressed.get(input);
    inflater.setInput(input);
    byte[] plain = new byte[FRAME_BYTES_MAX];
    int length = inflater.inflate(plain);
    if (length == 0 && inflater.needsDictionary()) {
      inflater.setDictionary(SpdyDictionary.BYTES);
      length = inflater.inflate(plain);
    }
    ByteBuffer block = ByteBuffer.wrap(plain, 0, length);
    Map<String, String> headers = new LinkedHashMap<>();
    for (int pairs = block.getInt(); pairs > 0; pairs--) {
      headers.put(text(block), text(block));
    }
    return headers;
  }

  private static String text(ByteBuffer block) throws DataFormatException {
    int length = block.getInt();
    if (length < 0 || length > block.remaining()) {
      throw new DataFormatException("a header longer than its frame");
    }
    byte[] bytes = new byte[length];
    block.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// Accepts a stream, with no headers.
  byte[] reply(int stream) {
    byte[] none = new byte[256];
    deflater.setInput(new byte[4]);
    int length = deflater.deflate(none, 0, none.length, Deflater.SYNC_FLUSH);
    return ByteBuffer.allocate(HEADER_BYTES + 4 + length)
        .putInt(0x80000000 | VERSION << 16 | SYN_REPLY)
        .putInt(4 + length)
        .putInt(stream)
        .put(none, 0, length)
        .array();
  }

  static byte[] data(int stream, byte[] bytes, boolean fin) {
    return ByteBuffer.allocate(HEADER_BYTES + bytes.length)
        .putInt(stream)
        .putInt((fin ? FLAG_FIN << 24 : 0) | bytes.length)
        .put(bytes)
        .array();
  }
}
