package dev.drydock.server.content;

/// Commands to type, each after `$ `, with what they print below.
record TerminalBlock(String text) implements Block {
  private static final String PROMPT = "$ ";

  @Override
  public String html(Place place) {
    StringBuilder html =
        new StringBuilder("<dd-command><figure class=\"block\"><pre tabindex=\"0\"><code>");
    text.lines().forEach(line -> html.append(line(line)).append('\n'));
    return html.append("</code></pre></figure></dd-command>").toString();
  }

  private static String line(String line) {
    return line.startsWith(PROMPT)
        ? "<span class=\"prompt\">$ </span><span class=\"typed\" data-command>"
            + Html.escape(line.substring(PROMPT.length()))
            + "</span>"
        : "<span class=\"output\">" + Html.escape(line) + "</span>";
  }
}
