package dev.drydock.cluster.os.shell;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/// A command of the shell language.
sealed interface Node {
  record Assignment(String name, Word value) {}

  /// @param descriptor what is redirected
  /// @param operator `<`, `>`, `>>`, `>|`, `<>`, `<&`, `>&` or `<<`
  /// @param target file, descriptor or the text of a here-document
  record Redirect(int descriptor, String operator, Word target) {}

  record Simple(
      ImmutableList<Assignment> assignments,
      ImmutableList<Word> words,
      ImmutableList<Redirect> redirects,
      int line)
      implements Node {}

  record Pipeline(ImmutableList<Node> commands) implements Node {}

  record Not(Node command) implements Node {}

  record AndOr(Node left, boolean and, Node right) implements Node {}

  record Item(Node command, boolean background) {}

  record Sequence(ImmutableList<Item> items) implements Node {}

  record Clause(Node condition, Node body) {}

  record If(ImmutableList<Clause> clauses, @Nullable Node otherwise) implements Node {}

  record Loop(boolean until, Node condition, Node body) implements Node {}

  /// @param words null for the positional parameters
  record For(String variable, @Nullable ImmutableList<Word> words, Node body, int line)
      implements Node {}

  record Branch(ImmutableList<Word> patterns, Node body) {}

  record Case(Word subject, ImmutableList<Branch> branches, int line) implements Node {}

  record Group(Node body) implements Node {}

  record Subshell(Node body) implements Node {}

  record Redirected(Node command, ImmutableList<Redirect> redirects, int line) implements Node {}

  record Function(String name, Node body) implements Node {}

  Node NOTHING = new Sequence(ImmutableList.of());
}
