/// The prose: chapters and lessons, read from Markdown and rendered into HTML that reads well
/// without scripts.
@NullMarked
package dev.drydock.server.content;

import org.jspecify.annotations.NullMarked;
