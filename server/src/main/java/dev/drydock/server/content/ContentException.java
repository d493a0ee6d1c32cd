package dev.drydock.server.content;

import org.jspecify.annotations.Nullable;

/// A lesson or chapter that an author wrote wrongly; the message names the file and the place.
public final class ContentException extends RuntimeException {
  public ContentException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
