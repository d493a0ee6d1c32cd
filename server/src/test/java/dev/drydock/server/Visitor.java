package dev.drydock.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/// A browser without a screen: keeps cookies, follows redirects.
final class Visitor implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final URI base;
  private final CookieManager cookies = new CookieManager();
  final HttpClient client;

  Visitor(WorkbookServer workbook) {
    this.base = workbook.address();
    this.client =
        HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
  }

  URI at(String path) {
    return base.resolve(path);
  }

  List<HttpCookie> cookies() {
    return cookies.getCookieStore().getCookies();
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send(with(HttpRequest.newBuilder(at(path)), headers));
  }

  HttpResponse<String> postForm(String path, String form, String... headers) throws Exception {
    return send(
        with(
            HttpRequest.newBuilder(at(path))
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)),
            headers));
  }

  HttpResponse<String> postJson(String path, String json, String... headers) throws Exception {
    return send(
        with(
            HttpRequest.newBuilder(at(path)).POST(HttpRequest.BodyPublishers.ofString(json)),
            headers));
  }

  HttpResponse<String> put(String path, String text) throws Exception {
    String json = MAPPER.writeValueAsString(java.util.Map.of("text", text));
    return send(HttpRequest.newBuilder(at(path)).PUT(HttpRequest.BodyPublishers.ofString(json)));
  }

  /// The text of one of the visitor's files.
  String file(String path) throws Exception {
    return json(get("/api/files/" + path)).path("text").asText();
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return MAPPER.readTree(response.body());
  }

  Visitor join(String name, String code) throws Exception {
    postForm("/join", "name=" + name + "&code=" + code);
    return this;
  }

  private static HttpRequest.Builder with(HttpRequest.Builder builder, String... headers) {
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  private HttpResponse<String> send(HttpRequest.Builder builder) throws Exception {
    return client.send(builder.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.close();
  }
}
