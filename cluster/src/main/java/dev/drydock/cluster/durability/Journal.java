package dev.drydock.cluster.durability;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.loop.ClusterState;
import dev.drydock.cluster.loop.Ledger;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.NavigableMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A cluster in a folder: `snapshot-N`, and in `journal-N` each step since. When the journal has
/// grown, another is begun, and a snapshot of where it begins is made beside the loop's work; once
/// that is whole, the older files go. A snapshot that was not finished is made up for by the
/// journals before and after it.
///
/// A step is handed to the system before anybody is answered, so a process that is killed loses
/// nothing. It is forced to the disk a few seconds later: a loss of power can cost those.
public final class Journal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final String SNAPSHOT = "snapshot";
  private static final String JOURNAL = "journal";
  private static final long FORCE_SECONDS = 5;
  private static final long JOURNAL_BYTES_MIN = 4L << 20;

  /// A journal may grow to so many times the size of its packed snapshot.
  private static final long JOURNAL_SNAPSHOTS = 8;

  private static final ScheduledExecutorService DISK =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("cluster-disk").factory());

  private final Path folder;
  private final JsonObject about;
  private final JournalFile.Draft draft = new JournalFile.Draft();
  private int number;
  private @Nullable JournalFile file;
  private long bytesMax = JOURNAL_BYTES_MIN;
  private boolean forcing;
  private boolean cutting;
  private @Nullable Ledger current;

  private Journal(Path folder, JsonObject about, int number) {
    this.folder = folder;
    this.about = about;
    this.number = number;
  }

  /// A cluster as it was kept.
  ///
  /// @param about what its maker said of it
  public record Found(JsonObject about, Durable state, Journal journal) {}

  public static boolean isIn(Path folder) {
    try {
      return Files.isDirectory(folder) && !JournalFile.numbered(folder, SNAPSHOT).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /// A journal in a folder of its own; nothing is in it before {@link #begin}.
  public static Journal create(Path folder, JsonObject about) throws IOException {
    Files.createDirectories(folder);
    return new Journal(folder, about, 0);
  }

  /// Reads what is kept in a folder.
  ///
  /// @throws DurabilityException when it cannot be read, or is damaged
  public static Found open(Path folder) throws DurabilityException {
    try {
      NavigableMap<Integer, Path> snapshots = JournalFile.numbered(folder, SNAPSHOT);
      NavigableMap<Integer, Path> journals = JournalFile.numbered(folder, JOURNAL);
      int last = snapshots.lastKey();
      Snapshot snapshot = Snapshot.read(Files.readAllBytes(snapshots.get(last)));
      for (Path journal : journals.tailMap(last, true).values()) {
        JournalFile.replay(journal, snapshot.replay());
      }
      int number = journals.isEmpty() ? last : Math.max(last, journals.lastKey());
      return new Found(
          snapshot.about(),
          snapshot.replay().state(),
          new Journal(folder, snapshot.about(), number));
    } catch (IOException e) {
      throw new DurabilityException(
          "The saved cluster in %s cannot be read (%s).".formatted(folder, e.getMessage()), e);
    }
  }

  /// Goes on from a state, whatever was kept before. What comes after is told to the ledger that
  /// this gives; the one before it keeps nothing any more.
  ///
  /// @throws Ledger.UnkeptException when the folder cannot be written; what is kept is as before
  public synchronized Ledger begin(ClusterState state) {
    try {
      int next = number + 1;
      JournalFile fresh = JournalFile.create(folder.resolve(JOURNAL + "-" + next));
      try {
        writeSnapshot(next, Durable.of(state));
      } catch (IOException e) {
        fresh.close();
        Files.deleteIfExists(folder.resolve(JOURNAL + "-" + next));
        throw e;
      }
      take(fresh, next);
      deleteBefore(next);
    } catch (IOException e) {
      throw unkept(e);
    }
    Ledger ledger =
        new Ledger() {
          @Override
          public void keep(ClusterState before, ClusterState after) {
            Journal.this.keep(this, before, after);
          }
        };
    current = ledger;
    return ledger;
  }

  private void take(JournalFile fresh, int next) throws IOException {
    if (file != null) {
      file.force();
      file.close();
    }
    file = fresh;
    number = next;
  }

  private synchronized void keep(Ledger from, ClusterState before, ClusterState after) {
    JournalFile to = file;
    if (from != current || to == null) {
      throw new Ledger.UnkeptException("The cluster is closed.", new IllegalStateException());
    }
    try {
      draft.clear();
      ChangeWriter.step(before, after, draft);
      if (draft.isEmpty()) {
        return;
      }
      to.append(draft);
    } catch (IOException e) {
      throw unkept(e);
    }
    forceSoon();
    if (to.bytes() > bytesMax && !cutting) {
      cut(after);
    }
  }

  private Ledger.UnkeptException unkept(IOException e) {
    return new Ledger.UnkeptException(
        "The change was not made, for it cannot be saved in %s: %s."
            .formatted(folder, e.getMessage()),
        e);
  }

  private void forceSoon() {
    if (!forcing) {
      forcing = true;
      DISK.schedule(this::force, FORCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void force() {
    JournalFile now;
    synchronized (this) {
      forcing = false;
      now = file;
    }
    try {
      if (now != null) {
        now.force();
      }
    } catch (IOException e) {
      LOG.debug("a journal was closed meanwhile", e);
    }
  }

  /// Begins another journal; its snapshot follows. A journal that cannot be cut grows on.
  private void cut(ClusterState state) {
    int next = number + 1;
    try {
      take(JournalFile.create(folder.resolve(JOURNAL + "-" + next)), next);
    } catch (IOException e) {
      LOG.warn("a cluster's journal could not be cut: {}", e.getMessage());
      return;
    }
    cutting = true;
    DISK.execute(
        () -> {
          try {
            writeSnapshot(next, Durable.of(state));
            deleteBefore(next);
          } catch (IOException e) {
            LOG.warn("a cluster's snapshot could not be written: {}", e.getMessage());
          } finally {
            cutDone();
          }
        });
  }

  private synchronized void cutDone() {
    cutting = false;
    notifyAll();
  }

  private void writeSnapshot(int n, Durable state) throws IOException {
    Path draftFile = Files.createTempFile(folder, ".draft", "");
    try {
      try (FileOutputStream out = new FileOutputStream(draftFile.toFile());
          OutputStream buffered = new BufferedOutputStream(out)) {
        Snapshot.write(about, state, buffered);
        buffered.flush();
        out.getFD().sync();
        setBytesMax(out.getChannel().size());
      }
      Files.move(draftFile, folder.resolve(SNAPSHOT + "-" + n), StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    } finally {
      Files.deleteIfExists(draftFile);
    }
  }

  private synchronized void setBytesMax(long snapshotBytes) {
    bytesMax = Math.max(JOURNAL_BYTES_MIN, snapshotBytes * JOURNAL_SNAPSHOTS);
  }

  private void deleteBefore(int first) throws IOException {
    for (String prefix : new String[] {JOURNAL, SNAPSHOT}) {
      for (Path old : JournalFile.numbered(folder, prefix).headMap(first, false).values()) {
        Files.deleteIfExists(old);
      }
    }
  }

  /// Keeps nothing any more; what was kept stays. Waits for a snapshot that is being made.
  @Override
  public synchronized void close() {
    current = null;
    try {
      while (cutting) {
        wait();
      }
      if (file != null) {
        file.force();
        file.close();
        file = null;
      }
    } catch (IOException e) {
      LOG.warn("a cluster's journal could not be closed: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
