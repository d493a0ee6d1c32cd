package dev.drydock.cluster.embedded;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.GeneratedNames;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.authentication.ClusterIdentity;
import dev.drydock.cluster.loop.ClusterState;
import dev.drydock.cluster.storage.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns the state of a booted cluster into that of a new one. What happened during the boot
/// happened at the birth, so that ages start at zero; what is due afterwards is due as long after
/// the birth. Every uid is drawn anew from the new cluster's seed, and the certificate of the
/// authority is its own wherever it is written down.
final class Rebirth {
  /// In place of a certificate while a cluster belongs to nobody.
  private static final String NO_AUTHORITY = "-----BEGIN CERTIFICATE-----\nnobody's\n";

  private static final Pattern UID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final DateTimeFormatter KLOG =
      DateTimeFormatter.ofPattern("MMdd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int UID_LENGTH = 36;

  /// No text with a time or a uid inside is longer, file contents apart.
  private static final int TEXT_MAX = 4_096;

  private final Instant start;
  private final Instant ready;
  private final String day;
  private final Pattern logTime;
  private final List<String> uids;
  private final ValueRewriter taught;

  /// @param start when the boot began; it ended at the state's time
  Rebirth(ClusterOptions options, ClusterState booted, Instant start) {
    this.start = start;
    this.ready = booted.now();
    this.day = ready.toString().substring(0, 11);
    this.logTime = Pattern.compile(KLOG.format(ready).substring(0, 8) + "[0-9]{2}:[0-9]{2}");
    this.uids =
        booted.store().resources().stream()
            .sorted()
            .flatMap(resource -> booted.store().list(resource, ""))
            .map(stored -> ObjectMeta.uid(stored.object()))
            .filter(uid -> !uid.isEmpty())
            .toList();
    ClusterOptions elsewhere =
        new ClusterOptions(
            options.name(), options.nodes(), options.clock(), Instant.EPOCH, options.seed() + 1);
    Words words = new Words(elsewhere, Identities.ofSeed(0));
    this.taught = ValueRewriter.learning(words::text, words::instant);
    rewritten(taught, booted, elsewhere, Identities.ofSeed(0));
  }

  /// The identity of a booted cluster. Nothing signed by it is ever accepted.
  static ClusterIdentity nobody() {
    return new ClusterIdentity(Identities.ofSeed(0).signingKey(), NO_AUTHORITY);
  }

  ClusterState of(ClusterState booted, ClusterOptions options, ClusterIdentity identity) {
    Words words = new Words(options, identity);
    return rewritten(taught.taught(words::text, words::instant), booted, options, identity);
  }

  private static ClusterState rewritten(
      ValueRewriter rewriter,
      ClusterState booted,
      ClusterOptions options,
      ClusterIdentity identity) {
    JsonObject info =
        Bootstrap.clusterInfo(identity.certificateAuthority(), Manifests.place(options));
    Store objects =
        booted
            .store()
            .rewritten(
                object ->
                    ObjectMeta.name(object).equals("cluster-info")
                        ? rewriter.rewrite(object).with("data", info.object("data"))
                        : rewriter.rewrite(object));
    return booted.reborn(identity, options.seed(), options.birth(), objects, rewriter::rewrite);
  }

  /// What a uid of the booted cluster is in the new one.
  String uid(String booted, ClusterOptions options) {
    return uids(options).getOrDefault(booted, booted);
  }

  /// Split off, because the cluster's own source of randomness walks the same numbers from the same
  /// seed: what is created later would get the uids drawn here.
  private Map<String, String> uids(ClusterOptions options) {
    SplittableRandom random = new SplittableRandom(options.seed()).split();
    Map<String, String> drawn = new HashMap<>();
    uids.forEach(uid -> drawn.put(uid, GeneratedNames.uid(random)));
    return drawn;
  }

  /// What replaces what.
  private final class Words {
    private final Instant birth;
    private final Map<String, String> whole;
    private final Map<String, String> drawn;

    Words(ClusterOptions options, ClusterIdentity identity) {
      this.birth = options.birth();
      this.drawn = uids(options);
      this.whole =
          ImmutableMap.of(
              NO_AUTHORITY,
              identity.certificateAuthority(),
              ready.toString().substring(0, 10),
              birth.toString().substring(0, 10),
              tomorrow(ready),
              tomorrow(birth));
    }

    /// When the token for joining expires, as its secret holds it.
    private static String tomorrow(Instant birth) {
      return Base64.getEncoder()
          .encodeToString(
              birth.plus(Duration.ofDays(1)).toString().getBytes(StandardCharsets.UTF_8));
    }

    Instant instant(Instant at) {
      if (at.isBefore(start) || at.isAfter(ready.plus(Duration.ofDays(3650)))) {
        return at;
      }
      return at.isAfter(ready) ? birth.plus(Duration.between(ready, at)) : birth;
    }

    String text(String text) {
      int length = text.length();
      if (length < 10 || length > TEXT_MAX) {
        return text;
      }
      String known = length == UID_LENGTH ? drawn.get(text) : whole.get(text);
      if (known != null) {
        return known;
      }
      if (text.startsWith(day)) {
        return time(text);
      }
      String dated = text.contains(day) || logTime.matcher(text).find() ? logged(text) : text;
      return dated.length() > UID_LENGTH ? withUids(dated) : dated;
    }

    /// As precise as it was.
    private String time(String text) {
      try {
        Instant at = instant(Instant.parse(text));
        int dot = text.indexOf('.');
        String seconds = at.toString().substring(0, 19);
        return dot < 0 ? seconds + "Z" : seconds + "." + "0".repeat(text.length() - dot - 2) + "Z";
      } catch (java.time.format.DateTimeParseException e) {
        return text;
      }
    }

    /// All that was logged was logged at the birth.
    private String logged(String text) {
      String seconds = birth.toString().substring(0, 19);
      return logTime
          .matcher(text.replaceAll(day + "[0-9:]{8}", seconds))
          .replaceAll(KLOG.format(birth));
    }

    private String withUids(String text) {
      Matcher matcher = UID.matcher(text);
      return matcher.find()
          ? matcher.replaceAll(found -> drawn.getOrDefault(found.group(), found.group()))
          : text;
    }
  }
}
