package dev.drydock.cluster.apiserver.request;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// The parameters of a request, decoded.
public record Query(ImmutableListMultimap<String, String> values) {
  public static final Query NONE = new Query(ImmutableListMultimap.of());

  public static Query parse(String raw) {
    ImmutableListMultimap.Builder<String, String> values = ImmutableListMultimap.builder();
    for (String pair : Splitter.on('&').omitEmptyStrings().split(raw)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      values.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }
    return new Query(values.build());
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /// The first value of a parameter; empty when it is absent.
  public String get(String name) {
    ImmutableList<String> all = values.get(name);
    return all.isEmpty() ? "" : all.getFirst();
  }

  public ImmutableList<String> all(String name) {
    return values.get(name);
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /// Whether a boolean parameter is on, as Go's conversion reads it: present and neither `false`
  /// nor `0`.
  public boolean isOn(String name) {
    return has(name) && !get(name).equals("false") && !get(name).equals("0");
  }

  /// The number a parameter has, or the given one when it is absent or no number.
  public long number(String name, long otherwise) {
    try {
      return has(name) ? Long.parseLong(get(name)) : otherwise;
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
