package dev.drydock.grader.submission;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Reads a submission from disk: files and folders, with any names, within limits. Links that lead
/// out of a folder are refused, and so is whatever is not an ordinary file.
public final class SubmissionReader {
  public static final int FILE_BYTES_MAX = 1 << 20;
  public static final int FILES_MAX = 200;
  public static final int DEPTH_MAX = 8;
  public static final int MANIFESTS_MAX = 1000;

  private static final String COMMANDS = "commands.sh";

  private SubmissionReader() {}

  /// Reads files and folders as one submission, in the order given; a folder's files by name.
  public static Submission read(String name, List<Path> paths) throws SubmissionException {
    List<Found> files = new ArrayList<>();
    for (Path path : paths) {
      files.addAll(files(path));
    }
    return submission(name, files);
  }

  /// Reads a folder, leaving out the file of a name at its top.
  public static Submission readExcept(String name, Path folder, String leftOut)
      throws SubmissionException {
    return submission(
        name, files(folder).stream().filter(file -> !file.name().equals(leftOut)).toList());
  }

  private static Submission submission(String name, List<Found> files) throws SubmissionException {
    ImmutableList.Builder<SubmittedDocument> all = ImmutableList.builder();
    int count = 0;
    for (Found found : files) {
      ImmutableList<SubmittedDocument> manifests = ManifestParser.parse(found.name(), bytes(found));
      count += manifests.size();
      if (count > MANIFESTS_MAX) {
        throw new SubmissionException(
            "%s holds more than %d manifests.".formatted(name, MANIFESTS_MAX),
            "Hand in only what the exercise asks for.");
      }
      all.addAll(manifests);
    }
    if (count == 0) {
      throw new SubmissionException(
          "%s holds no manifest.".formatted(name),
          "Write a YAML or JSON manifest there and try again.");
    }
    return Submission.files(name, all.build());
  }

  /// A file to read, and how the learner knows it.
  private record Found(String name, Path path) {}

  private static List<Found> files(Path path) throws SubmissionException {
    try {
      if (Files.isDirectory(path)) {
        return folder(path);
      }
      if (!Files.exists(path)) {
        throw new SubmissionException(
            "There is no file or folder %s.".formatted(path), "Check the path and try again.");
      }
      return List.of(ordinary(String.valueOf(path), path));
    } catch (IOException e) {
      throw unreadable(path.toString(), e);
    }
  }

  /// All files with a manifest's ending; where there is none, all files.
  private static List<Found> folder(Path folder) throws IOException, SubmissionException {
    Path real = folder.toRealPath();
    List<Found> files = new ArrayList<>();
    collect(real, real, 0, files);
    if (files.isEmpty()) {
      throw new SubmissionException(
          "The folder %s is empty.".formatted(folder),
          "Put at least one YAML or JSON manifest into it.");
    }
    List<Found> manifests = files.stream().filter(file -> isManifest(file.path())).toList();
    return manifests.isEmpty() ? files : manifests;
  }

  private static void collect(Path root, Path folder, int depth, List<Found> files)
      throws IOException, SubmissionException {
    if (depth > DEPTH_MAX) {
      throw new SubmissionException(
          "The folders nest deeper than %d levels.".formatted(DEPTH_MAX),
          "Hand in a flat folder of manifests.");
    }
    for (Path entry : entries(folder)) {
      if (entry.getFileName().toString().startsWith(".")) {
        continue;
      }
      String name = root.relativize(entry).toString();
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        collect(root, entry, depth + 1, files);
      } else {
        files.add(inside(root, name, entry));
      }
      if (files.size() > FILES_MAX) {
        throw new SubmissionException(
            "There are more than %d files.".formatted(FILES_MAX),
            "Hand in only the manifests that the exercise asks for.");
      }
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .limit(10L * FILES_MAX)
          .sorted(Comparator.comparing(entry -> entry.getFileName().toString()))
          .toList();
    }
  }

  private static Found inside(Path root, String name, Path entry)
      throws IOException, SubmissionException {
    if (Files.isSymbolicLink(entry) && !leadsInto(root, entry)) {
      throw new SubmissionException(
          "%s is a symbolic link that leads out of the folder.".formatted(name),
          "Put the file itself into the folder.");
    }
    return ordinary(name, entry.toRealPath());
  }

  private static boolean leadsInto(Path root, Path link) throws IOException {
    try {
      return link.toRealPath().startsWith(root);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static Found ordinary(String name, Path path) throws SubmissionException {
    if (!Files.isRegularFile(path)) {
      throw new SubmissionException(
          "%s is not an ordinary file.".formatted(name), "Hand in YAML or JSON manifests.");
    }
    if (path.getFileName().toString().equals(COMMANDS)) {
      throw new SubmissionException(
          "%s holds commands, and this version grades manifests only.".formatted(name),
          "Run the commands in the workbook's terminal and press Check there, or hand in the"
              + " manifests.");
    }
    return new Found(name, path);
  }

  private static boolean isManifest(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }

  private static byte[] bytes(Found file) throws SubmissionException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file.path())) {
      bytes = in.readNBytes(FILE_BYTES_MAX + 1);
    } catch (IOException e) {
      throw unreadable(file.name(), e);
    }
    if (bytes.length > FILE_BYTES_MAX) {
      throw new SubmissionException(
          "%s is larger than %d KiB.".formatted(file.name(), FILE_BYTES_MAX >> 10),
          "A manifest is far smaller; hand in the manifest alone.");
    }
    if (bytes.length == 0) {
      throw new SubmissionException(
          "%s is empty.".formatted(file.name()), "Write the manifest into it and try again.");
    }
    return bytes;
  }

  private static SubmissionException unreadable(String name, IOException e) {
    return new SubmissionException(
        "%s cannot be read (%s).".formatted(name, e.getClass().getSimpleName()),
        "Check that the file exists and that you may read it.");
  }
}
