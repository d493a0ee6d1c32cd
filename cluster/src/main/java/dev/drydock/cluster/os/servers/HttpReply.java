package dev.drydock.cluster.os.servers;

import com.google.common.collect.ImmutableMap;

/// An answer, with the site as it is after it.
record HttpReply(Site site, int status, ImmutableMap<String, String> headers, String body) {

  static HttpReply text(Site site, int status, String body) {
    return new HttpReply(
        site, status, ImmutableMap.of("Content-Type", "text/plain; charset=utf-8"), body);
  }

  static HttpReply html(Site site, int status, String body) {
    return new HttpReply(site, status, ImmutableMap.of("Content-Type", "text/html"), body);
  }

  static HttpReply json(Site site, String body) {
    return new HttpReply(site, 200, ImmutableMap.of("Content-Type", "application/json"), body);
  }

  static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 201 -> "Created";
      case 204 -> "No Content";
      case 301 -> "Moved Permanently";
      case 302 -> "Found";
      case 304 -> "Not Modified";
      case 400 -> "Bad Request";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 413 -> "Request Entity Too Large";
      case 431 -> "Request Header Fields Too Large";
      case 503 -> "Service Unavailable";
      default -> status >= 500 ? "Internal Server Error" : "Status";
    };
  }
}
