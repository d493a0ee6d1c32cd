package dev.drydock.server.content;

import com.google.common.html.HtmlEscapers;

/// Text made safe to stand in HTML.
final class Html {
  private Html() {}

  static String escape(String text) {
    return HtmlEscapers.htmlEscaper().escape(text);
  }

  /// A sentence of an author's: escaped, with what stands between back ticks set as code.
  static String sentence(String text) {
    String[] parts = escape(text).split("`", -1);
    StringBuilder html = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      html.append(i % 2 == 1 ? "<code>" + parts[i] + "</code>" : parts[i]);
    }
    return html.toString();
  }
}
