package dev.drydock.server.pages;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/// A lesson's page.
///
/// @param html the rendered text
/// @param read whether the learner has said so
/// @param after what follows in the chapter
public record LessonView(
    String id,
    String chapter,
    String title,
    long minutes,
    ImmutableList<String> outcomes,
    String html,
    boolean read,
    Optional<Outline.Part> after) {}
