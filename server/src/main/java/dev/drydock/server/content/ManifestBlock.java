package dev.drydock.server.content;

/// A manifest that the learner can write into the folder the page's terminal works in.
record ManifestBlock(String file, String text) implements Block {
  @Override
  public String html(Place place) {
    String name = Html.escape(file);
    return """
        <dd-manifest file="%s" folder="%s"><figure class="block"><figcaption>%s</figcaption>\
        <pre tabindex="0"><code>%s</code></pre></figure></dd-manifest>"""
        .formatted(name, Html.escape(place.chapter()), name, YamlColours.html(text));
  }
}
