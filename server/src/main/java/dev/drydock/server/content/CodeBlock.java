package dev.drydock.server.content;

/// A piece of code that is only to be read.
record CodeBlock(String language, String text) implements Block {
  @Override
  public String html(Place place) {
    String code = language.equals("yaml") ? YamlColours.html(text) : Html.escape(text);
    return "<figure class=\"block\"><pre tabindex=\"0\"><code>" + code + "</code></pre></figure>";
  }
}
