package dev.drydock.grader.cel;

/// A CEL expression as an author wrote it.
///
/// @param source where it stands, such as `pods/first-pod/checks.yaml:12`
public record Expression(String text, String source) {}
