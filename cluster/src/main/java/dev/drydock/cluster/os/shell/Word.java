package dev.drydock.cluster.os.shell;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/// A word of a command before expansion.
record Word(ImmutableList<Part> parts) {
  /// A piece of a word. Quoted pieces are neither split nor taken as patterns.
  sealed interface Part {}

  record Literal(String text, boolean quoted) implements Part {}

  /// `$name` or `${name op argument}`.
  ///
  /// @param operator `` (none), `#` (length), `-`, `=`, `?`, `+`, `%`, `%%`, `#p` and `##p` (remove
  ///   a prefix), `/`, `//` (replace) or `:` (substring)
  /// @param colon true if empty counts as unset
  /// @param argument null if there is none
  /// @param second the replacement of `/` or the length of a substring
  record Parameter(
      String name,
      String operator,
      boolean colon,
      @Nullable Word argument,
      @Nullable Word second,
      boolean quoted)
      implements Part {}

  record Command(Node body, boolean quoted) implements Part {}

  record Arithmetic(Word expression, boolean quoted) implements Part {}

  /// A leading `~` or `~name`.
  record Tilde(String user) implements Part {}

  /// The text if nothing in the word expands and nothing is quoted; else null.
  @Nullable String plain() {
    return parts.size() == 1
            && parts.get(0) instanceof Literal(String text, boolean quoted)
            && !quoted
        ? text
        : null;
  }
}
