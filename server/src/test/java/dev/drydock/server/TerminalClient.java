package dev.drydock.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The page's end of a terminal.
final class TerminalClient implements AutoCloseable, WebSocket.Listener {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private CompletableFuture<WebSocket> sent = new CompletableFuture<>();
  private final StringBuilder shown = new StringBuilder();
  private final StringBuilder words = new StringBuilder();
  private boolean replayed;
  private String refused = "";
  private boolean ended;
  boolean draws = true;
  long received;

  static TerminalClient open(Visitor visitor, WorkbookServer workbook, String workspace)
      throws Exception {
    TerminalClient client = new TerminalClient();
    URI address = workbook.address();
    client.sent =
        visitor
            .client
            .newWebSocketBuilder()
            .header("Origin", "http://" + address.getAuthority())
            .buildAsync(
                URI.create(
                    "ws://"
                        + address.getAuthority()
                        + "/api/terminal?cols=200&rows=50&workspace="
                        + workspace),
                client);
    client.sent.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    client.await(() -> client.replayed || !client.refused.isEmpty(), "a shell");
    return client;
  }

  synchronized boolean started() {
    return replayed;
  }

  synchronized String refusal() {
    return refused;
  }

  synchronized String shown() {
    return shown.toString();
  }

  void type(String text) throws Exception {
    send(MAPPER.writeValueAsString(java.util.Map.of("input", text)));
  }

  /// Waits until the text has been shown; the result is everything shown.
  String await(String text) throws InterruptedException {
    await(() -> shown.indexOf(text) >= 0, text);
    return shown();
  }

  void awaitEnd() throws InterruptedException {
    await(() -> ended, "the end of the shell");
  }

  void await(BooleanSupplier condition, String what) throws InterruptedException {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    synchronized (this) {
      while (!condition.getAsBoolean()) {
        long millis = (limit - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
          throw new AssertionError("waited for " + what + "; shown: " + shown);
        }
        wait(millis);
      }
    }
  }

  /// The client takes one message at a time.
  synchronized void send(String word) {
    sent = sent.thenCompose(open -> open.sendText(word, true));
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onText(
      WebSocket from, CharSequence data, boolean last) {
    words.append(data);
    if (last) {
      hear(words.toString());
      words.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void hear(String text) {
    try {
      JsonNode word = MAPPER.readTree(text);
      switch (word.path("type").asText()) {
        case "replay" -> replayed = true;
        case "refused" -> refused = word.path("message").asText();
        case "ended" -> ended = true;
        case String _ -> {}
      }
      notifyAll();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onBinary(
      WebSocket from, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    received += bytes.length;
    shown.append(new String(bytes, StandardCharsets.UTF_8));
    notifyAll();
    from.request(1);
    if (draws) {
      send("{\"drawn\":" + bytes.length + "}");
    }
    return null;
  }

  @Override
  public void close() {
    sent.thenAccept(WebSocket::abort);
  }
}
