package dev.drydock.server.learner;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// Who learns here.
public final class Learners {
  private static final int ID_BITS = 128;

  private final Jdbi database;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public Learners(Jdbi database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  public Optional<Learner> find(String id) {
    return database.withHandle(
        handle ->
            handle
                .createQuery("SELECT id, name FROM learner WHERE id = :id")
                .bind("id", id)
                .map((row, _) -> new Learner(row.getString("id"), row.getString("name")))
                .findOne());
  }

  /// The one learner of a workbook without a class.
  public Learner local() {
    return find(Learner.LOCAL).orElseGet(() -> keep(new Learner(Learner.LOCAL, "")));
  }

  /// Somebody new in the class.
  public Learner join(String name) {
    return keep(new Learner(new BigInteger(ID_BITS, random).toString(36), name));
  }

  private Learner keep(Learner learner) {
    database.useHandle(
        handle ->
            handle
                .createUpdate(
                    "INSERT INTO learner (id, name, joined_at) VALUES (:id, :name, :at)"
                        + " ON CONFLICT (id) DO NOTHING")
                .bind("id", learner.id())
                .bind("name", learner.name())
                .bind("at", clock.instant().toString())
                .execute());
    return learner;
  }
}
