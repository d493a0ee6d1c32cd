package dev.drydock.server.learner;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/// What learners have read and solved. Whatever a method here has recorded when it returns survives
/// a crash.
public final class Progress {
  private final Jdbi database;
  private final InstantSource clock;

  public Progress(Jdbi database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// How far a learner is with an exercise.
  public enum Standing {
    TRIED,
    PASSED
  }

  /// One check of an exercise.
  ///
  /// @param report JSON, as the page showed it
  public record Attempt(int earned, int total, boolean passed, String report) {}

  public void lessonRead(Learner learner, String lesson) {
    database.useHandle(
        handle ->
            handle
                .createUpdate(
                    "INSERT INTO lesson_read (learner_id, lesson, read_at)"
                        + " VALUES (:learner, :lesson, :at) ON CONFLICT DO NOTHING")
                .bind("learner", learner.id())
                .bind("lesson", lesson)
                .bind("at", clock.instant().toString())
                .execute());
  }

  public ImmutableSet<String> lessonsRead(Learner learner) {
    return database.withHandle(
        handle ->
            handle
                .createQuery("SELECT lesson FROM lesson_read WHERE learner_id = :learner")
                .bind("learner", learner.id())
                .mapTo(String.class)
                .collect(ImmutableSet.toImmutableSet()));
  }

  public void attempted(Learner learner, String exercise, Attempt attempt) {
    database.useHandle(
        handle ->
            handle
                .createUpdate(
                    "INSERT INTO attempt"
                        + " (id, learner_id, exercise, made_at, earned, total, passed, report)"
                        + " VALUES (:id, :learner, :exercise, :at, :earned, :total, :passed, :report)")
                .bind("id", UUID.randomUUID().toString())
                .bind("learner", learner.id())
                .bind("exercise", exercise)
                .bind("at", clock.instant().toString())
                .bind("earned", attempt.earned())
                .bind("total", attempt.total())
                .bind("passed", attempt.passed() ? 1 : 0)
                .bind("report", attempt.report())
                .execute());
  }

  public Optional<Attempt> lastAttempt(Learner learner, String exercise) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT earned, total, passed, report FROM attempt"
                        + " WHERE learner_id = :learner AND exercise = :exercise"
                        + " ORDER BY made_at DESC LIMIT 1")
                .bind("learner", learner.id())
                .bind("exercise", exercise)
                .map(
                    (row, _) ->
                        new Attempt(
                            row.getInt("earned"),
                            row.getInt("total"),
                            row.getInt("passed") != 0,
                            row.getString("report")))
                .findOne());
  }

  /// The exercises that the learner has checked, by id; once passed, an exercise stays passed.
  public ImmutableMap<String, Standing> standings(Learner learner) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT exercise, MAX(passed) AS passed FROM attempt"
                        + " WHERE learner_id = :learner GROUP BY exercise")
                .bind("learner", learner.id())
                .reduceRows(
                    ImmutableMap.<String, Standing>builder(),
                    (found, row) ->
                        found.put(
                            row.getColumn("exercise", String.class),
                            row.getColumn("passed", Integer.class) == 1
                                ? Standing.PASSED
                                : Standing.TRIED))
                .build());
  }
}
