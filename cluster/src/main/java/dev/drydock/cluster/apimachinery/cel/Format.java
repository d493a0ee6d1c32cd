package dev.drydock.cluster.apimachinery.cel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.drydock.cluster.apimachinery.validation.Names;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A form that text may have, by the name Kubernetes knows it by; it tells what is wrong with a
/// text.
record Format(String name, Function<String, List<String>> problems) {
  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9A-F]{8}-?[0-9A-F]{4}-?[0-9A-F]{4}-?[0-9A-F]{4}-?[0-9A-F]{12}");

  static final ImmutableMap<String, Format> ALL =
      Maps.uniqueIndex(
          ImmutableList.of(
              new Format("dns1123Label", Names::dns1123Label),
              new Format("dns1123Subdomain", Names::dns1123Subdomain),
              new Format("dns1035Label", Names::dns1035Label),
              new Format("qualifiedName", Names::qualifiedName),
              prefix("dns1123LabelPrefix", Names::dns1123Label),
              prefix("dns1123SubdomainPrefix", Names::dns1123Subdomain),
              prefix("dns1035LabelPrefix", Names::dns1035Label),
              new Format("labelValue", Names::labelValue),
              of("uri", Format::isUri, "parse: invalid URI for request"),
              of("uuid", text -> UUID.matcher(text).matches(), "does not match the UUID format"),
              of("byte", Format::isBase64, "invalid base64"),
              of("date", Format::isDate, "invalid date"),
              of("datetime", Format::isDateTime, "invalid datetime")),
          Format::name);

  private static Format of(String name, Predicate<String> holds, String problem) {
    return new Format(name, text -> holds.test(text) ? List.of() : List.of(problem));
  }

  /// The start of a name, which something generated follows: it may end with a dash.
  private static Format prefix(String name, Function<String, ImmutableList<String>> whole) {
    return new Format(
        name,
        text ->
            whole.apply(
                text.length() > 1 && text.endsWith("-")
                    ? text.substring(0, text.length() - 2) + "a"
                    : text));
  }

  private static boolean isUri(String text) {
    try {
      return new URI(text).isAbsolute() || text.startsWith("/");
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isBase64(String text) {
    try {
      return Base64.getDecoder().decode(text).length > 0 && text.length() % 4 == 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isDate(String text) {
    try {
      return LocalDate.parse(text).getYear() >= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isDateTime(String text) {
    try {
      return OffsetDateTime.parse(text).getYear() >= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
