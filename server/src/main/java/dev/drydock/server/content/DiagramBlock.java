package dev.drydock.server.content;

import java.nio.file.Files;
import java.nio.file.Path;

/// A drawing: an SVG file of the lesson's folder, set into the page so that it takes the page's
/// colours; the block's text is its caption.
record DiagramBlock(String file, String caption) implements Block {
  @Override
  public String html(Place place) {
    Path svg = place.folder().resolve(file).normalize();
    if (!svg.startsWith(place.folder()) || !Files.isRegularFile(svg)) {
      throw new ContentException("there is no diagram " + file + " in " + place.folder(), null);
    }
    return "<figure class=\"diagram\">%s<figcaption>%s</figcaption></figure>"
        .formatted(Library.read(svg), Html.sentence(caption.strip()));
  }
}
