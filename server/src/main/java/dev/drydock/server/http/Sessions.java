package dev.drydock.server.http;

import com.google.common.base.Suppliers;
import dev.drydock.server.learner.Learner;
import dev.drydock.server.learner.LearnerCookie;
import dev.drydock.server.learner.Learners;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Who is asking. Without a class everybody on this machine is the one learner; in a class a
/// learner joins with a name and the code.
final class Sessions {
  private static final int COOKIE_SECONDS = (int) Duration.ofDays(365).toSeconds();

  private final LearnerCookie cookie;
  private final Learners learners;
  private final @Nullable String classCode;
  private final Supplier<Learner> local;

  Sessions(LearnerCookie cookie, Learners learners, @Nullable String classCode) {
    this.cookie = cookie;
    this.learners = learners;
    this.classCode = classCode;
    this.local = Suppliers.memoize(learners::local);
  }

  boolean isClass() {
    return classCode != null;
  }

  /// The learner, unless they have yet to join.
  Optional<Learner> find(Context request) {
    Optional<Learner> known = cookie.verify(request.cookie(cookie.name())).flatMap(learners::find);
    if (known.isPresent() || isClass()) {
      return known;
    }
    remember(request, local.get());
    return Optional.of(local.get());
  }

  /// The learner.
  ///
  /// @throws Refusal when they have yet to join
  Learner require(Context request) {
    return find(request)
        .orElseThrow(() -> new Refusal(401, "Join the class first: open the first page."));
  }

  /// A new learner, if the code is right.
  Optional<Learner> join(Context request, String name, String code) {
    if (classCode == null
        || !MessageDigest.isEqual(
            code.getBytes(StandardCharsets.UTF_8), classCode.getBytes(StandardCharsets.UTF_8))) {
      return Optional.empty();
    }
    Learner learner = learners.join(name);
    remember(request, learner);
    return Optional.of(learner);
  }

  private void remember(Context request, Learner learner) {
    request.cookie(
        new Cookie(
            cookie.name(),
            cookie.sign(learner.id()),
            "/",
            COOKIE_SECONDS,
            false,
            true,
            null,
            SameSite.LAX));
  }
}
