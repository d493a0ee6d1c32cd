package dev.drydock.cluster.apimachinery.structural;

import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.Names;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The formats of strings that are checked. An unknown format says nothing. Models
/// kube-openapi/pkg/validation/strfmt.
final class ValueFormats {
  private static final Pattern DURATION =
      Pattern.compile("([+-]?(\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+|[+-]?0");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s<>]+@[^@\\s<>]+");
  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
  private static final Pattern MAC = Pattern.compile("(?i)([0-9a-f]{2}[:-]){5,7}[0-9a-f]{2}");

  private static final ImmutableMap<String, Predicate<String>> FORMATS =
      ImmutableMap.<String, Predicate<String>>builder()
          .put("date-time", ValueFormats::isDateTime)
          .put("datetime", ValueFormats::isDateTime)
          .put("date", ValueFormats::isDate)
          .put("duration", text -> DURATION.matcher(text).matches())
          .put("email", text -> EMAIL.matcher(text).matches())
          .put("hostname", text -> Names.dns1123Subdomain(text).isEmpty())
          .put("ipv4", text -> InetAddresses.isInetAddress(text) && !text.contains(":"))
          .put("ipv6", text -> InetAddresses.isInetAddress(text) && text.contains(":"))
          .put("cidr", text -> Formats.cidr(text).isEmpty())
          .put("mac", text -> MAC.matcher(text).matches())
          .put("uri", ValueFormats::isUri)
          .put("uuid", text -> UUID.matcher(text).matches())
          .put("byte", ValueFormats::isBase64)
          .buildOrThrow();

  private ValueFormats() {}

  static boolean accepts(String format, String text) {
    return FORMATS.getOrDefault(format, _ -> true).test(text);
  }

  private static boolean isDateTime(String text) {
    try {
      OffsetDateTime _ = OffsetDateTime.parse(text.replace(' ', 'T'));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isDate(String text) {
    try {
      LocalDate _ = LocalDate.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isUri(String text) {
    try {
      return new URI(text).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isBase64(String text) {
    try {
      byte[] _ = Base64.getDecoder().decode(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
