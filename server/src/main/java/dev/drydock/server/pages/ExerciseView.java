package dev.drydock.server.pages;

import com.google.common.collect.ImmutableList;

/// An exercise's page.
///
/// @param taskHtml the rendered task
/// @param hintsHtml the rendered hints, from a nudge to nearly the answer
/// @param file the path of the editor's file below the learner's home
/// @param reportJson the last report, or what the checks will ask; safe inside a script element
public record ExerciseView(
    String id,
    String title,
    int points,
    String taskHtml,
    ImmutableList<String> hintsHtml,
    String file,
    String reportJson) {}
