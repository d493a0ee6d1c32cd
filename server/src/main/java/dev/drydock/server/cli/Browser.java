package dev.drydock.server.cli;

import dev.drydock.server.kubectl.Programs;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The user's browser, by the desktop's own opener. Where there is none, nothing happens: the
/// address is on the screen.
final class Browser {
  private static final Logger log = LoggerFactory.getLogger(Browser.class);
  private static final List<String> OPENERS = List.of("xdg-open", "open");

  private Browser() {}

  static void open(URI address) {
    boolean desktop =
        System.getenv("DISPLAY") != null
            || System.getenv("WAYLAND_DISPLAY") != null
            || System.getProperty("os.name", "").startsWith("Mac");
    if (!desktop) {
      return;
    }
    OPENERS.stream()
        .flatMap(opener -> Programs.find(opener).stream())
        .findFirst()
        .ifPresent(opener -> start(opener.toString(), address));
  }

  private static void start(String opener, URI address) {
    try {
      new ProcessBuilder(opener, address.toString())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      log.debug("The browser could not be opened", e);
    }
  }
}
