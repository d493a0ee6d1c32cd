package dev.drydock.server.learner;

import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// The workbook's database in its data directory. What is committed survives a crash of the process
/// and of the machine: a write-ahead log, synced at every commit.
public final class Database {
  private static final int BUSY_MILLIS_MAX = 10_000;

  private Database() {}

  /// Opens the database and brings its tables up to date.
  public static Jdbi open(Path dataDirectory) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS_MAX);
    config.enforceForeignKeys(true);
    // A transaction that will write says so at once; else two of them could each wait for the
    // other.
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + dataDirectory.resolve("workbook.db"));
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:dev/drydock/server/db")
        .load()
        .migrate();
    return Jdbi.create(source);
  }
}
