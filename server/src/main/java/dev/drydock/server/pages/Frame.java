package dev.drydock.server.pages;

import com.google.common.collect.ImmutableList;
import java.util.List;

/// What all pages have around their content.
///
/// @param kind names the page for the style sheet
/// @param learner the learner's name in a class; empty for the one learner
public record Frame(
    String title,
    String kind,
    ImmutableList<Crumb> crumbs,
    String learner,
    String script,
    ImmutableList<String> styles) {

  /// A step on the way to this page.
  public record Crumb(String label, String href) {}

  public Frame at(String title, String kind, Crumb... crumbs) {
    return new Frame(title, kind, ImmutableList.copyOf(List.of(crumbs)), learner, script, styles);
  }
}
