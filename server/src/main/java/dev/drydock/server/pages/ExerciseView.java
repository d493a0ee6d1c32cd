package dev.drydock.server.pages;

/// An exercise's page.
///
/// @param taskHtml the rendered task
/// @param file the path of the editor's file below the learner's home
/// @param reportJson the last report, or what the checks will ask; safe inside a script element
public record ExerciseView(
    String id, String title, int points, String taskHtml, String file, String reportJson) {}
