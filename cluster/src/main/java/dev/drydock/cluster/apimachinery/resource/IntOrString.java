package dev.drydock.cluster.apimachinery.resource;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonString;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A number, or a name or percentage: a port, `maxUnavailable`. Models
/// apimachinery/pkg/util/intstr.
public sealed interface IntOrString {

  /// A number.
  record Int(int value) implements IntOrString {
    @Override
    public String toString() {
      return Integer.toString(value);
    }
  }

  /// A name such as `http`, or a percentage such as `25%`.
  record Text(String value) implements IntOrString {
    @Override
    public String toString() {
      return value;
    }
  }

  /// Reads a field's value; the number 0 where there is none, as Go's zero value.
  static IntOrString of(@Nullable Json json) {
    return switch (json) {
      case JsonString(String text) -> new Text(text);
      case JsonNumber number -> new Int((int) number.longValue());
      case null, default -> new Int(0);
    };
  }

  default Json json() {
    return switch (this) {
      case Int(int value) -> Json.of(value);
      case Text(String value) -> Json.of(value);
    };
  }

  /// The number, or the part of a total that a percentage stands for; empty where the text is
  /// neither.
  default OptionalLong scaled(long total, boolean roundUp) {
    return switch (this) {
      case Int(int value) -> OptionalLong.of(value);
      case Text(String value) -> percentage(value, total, roundUp);
    };
  }

  private static OptionalLong percentage(String text, long total, boolean roundUp) {
    if (!text.matches("-?[0-9]{1,9}%")) {
      return OptionalLong.empty();
    }
    long percent = Long.parseLong(text.substring(0, text.length() - 1));
    long product = percent * total;
    return OptionalLong.of(roundUp ? -Math.floorDiv(-product, 100) : Math.floorDiv(product, 100));
  }
}
