package dev.drydock.cluster.apimachinery.meta;

import java.util.UUID;
import java.util.random.RandomGenerator;

/// Names and uids the server makes up. Models apimachinery/pkg/util/rand and
/// apiserver/pkg/storage/names.
public final class GeneratedNames {
  /// No vowels and no digits that look like them, so that no words come out.
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  private static final int SUFFIX_LENGTH = 5;
  private static final int PREFIX_LENGTH_MAX = 63 - SUFFIX_LENGTH;

  private GeneratedNames() {}

  public static String name(String prefix, RandomGenerator random) {
    String base =
        prefix.length() > PREFIX_LENGTH_MAX ? prefix.substring(0, PREFIX_LENGTH_MAX) : prefix;
    return base + suffix(SUFFIX_LENGTH, random);
  }

  public static String suffix(int length, RandomGenerator random) {
    StringBuilder suffix = new StringBuilder();
    for (int i = 0; i < length; i++) {
      suffix.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return suffix.toString();
  }

  /// A number in the alphabet of names, as hashes in names are written. Models SafeEncodeString.
  public static String safe(String text) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      safe.append(ALPHABET.charAt(text.charAt(i) % ALPHABET.length()));
    }
    return safe.toString();
  }

  /// A version 4 UUID.
  public static String uid(RandomGenerator random) {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }
}
