package dev.drydock.server.content;

import com.vladsch.flexmark.ast.FencedCodeBlock;
import com.vladsch.flexmark.ext.tables.TablesExtension;
import com.vladsch.flexmark.ext.typographic.TypographicExtension;
import com.vladsch.flexmark.html.HtmlRenderer;
import com.vladsch.flexmark.html.renderer.NodeRenderer;
import com.vladsch.flexmark.html.renderer.NodeRenderingHandler;
import com.vladsch.flexmark.parser.Parser;
import com.vladsch.flexmark.util.data.MutableDataSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// Markdown into HTML. A fenced block whose first word names a kind of block (see {@link Block})
/// becomes that block's element; any other stays a piece of code.
public final class LessonRenderer {
  private final Library library;
  private final Block.Titles exerciseTitles;

  public LessonRenderer(Library library, Block.Titles exerciseTitles) {
    this.library = library;
    this.exerciseTitles = exerciseTitles;
  }

  public String html(Lesson lesson) {
    return html(
        library.text(lesson),
        new Block.Place(lesson.chapter(), library.folder(lesson), exerciseTitles));
  }

  /// The task of an exercise.
  ///
  /// @param folder where its diagrams lie
  public String task(String markdown, String chapter, Path folder) {
    return html(markdown, new Block.Place(chapter, folder, exerciseTitles));
  }

  private static String html(String markdown, Block.Place place) {
    MutableDataSet options =
        new MutableDataSet()
            .set(
                Parser.EXTENSIONS, List.of(TablesExtension.create(), TypographicExtension.create()))
            .set(HtmlRenderer.GENERATE_HEADER_ID, true)
            .set(HtmlRenderer.RENDER_HEADER_ID, true)
            .set(TypographicExtension.ENABLE_SMARTS, false);
    HtmlRenderer renderer =
        HtmlRenderer.builder(options).nodeRendererFactory(_ -> fences(place)).build();
    return renderer.render(Parser.builder(options).build().parse(markdown));
  }

  private static NodeRenderer fences(Block.Place place) {
    return () ->
        Set.of(
            new NodeRenderingHandler<>(
                FencedCodeBlock.class,
                (node, context, html) -> {
                  String info = node.getInfo().toString().strip();
                  String text = node.getContentChars().normalizeEOL();
                  html.line().rawIndentedPre(Block.of(info, text).html(place)).line();
                }));
  }
}
