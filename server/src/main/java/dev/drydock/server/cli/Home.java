package dev.drydock.server.cli;

import dev.drydock.grader.exercise.ExerciseCatalog;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the project and the user's things lie, and what the terminal is like.
///
/// @param folder the project's own, with `exercises/` and `lessons/`
/// @param data where the workbook keeps progress and clusters unless told otherwise
/// @param columns the terminal's width; 0 when the output is no terminal
/// @param kubeconfig the value of KUBECONFIG
public record Home(Path folder, Path data, int columns, @Nullable String kubeconfig) {
  private static final int COLUMNS_ELSEWHERE = 80;

  /// As the launcher has set it.
  static Home fromSystem() {
    String home = System.getProperty("drydock.home", ".");
    return new Home(
        Path.of(home).toAbsolutePath().normalize(),
        dataFolder(System.getenv("XDG_DATA_HOME"), System.getProperty("user.home", ".")),
        Integer.getInteger("drydock.columns", 0),
        System.getenv("KUBECONFIG"));
  }

  static Path dataFolder(@Nullable String xdgDataHome, String userHome) {
    boolean given = xdgDataHome != null && Path.of(xdgDataHome).isAbsolute();
    return (given ? Path.of(xdgDataHome) : Path.of(userHome, ".local", "share")).resolve("drydock");
  }

  public ExerciseCatalog exercises() {
    return new ExerciseCatalog(folder.resolve("exercises"));
  }

  boolean isTerminal() {
    return columns > 0;
  }

  boolean colour() {
    return isTerminal() && System.getenv("NO_COLOR") == null;
  }

  int width() {
    return isTerminal() ? columns : COLUMNS_ELSEWHERE;
  }

  /// Where the stack trace of something broken goes.
  Path log() {
    return data.resolve("drydock.log");
  }
}
