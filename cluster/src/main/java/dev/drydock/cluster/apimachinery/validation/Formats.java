package dev.drydock.cluster.apimachinery.validation;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// The formats of values other than names, with upstream's explanations. Each check returns what is
/// wrong; empty when nothing is.
///
/// Models apimachinery/pkg/util/validation.
public final class Formats {
  public static final String IMMUTABLE = "field is immutable";

  private static final String CONFIG_KEY = "[-._a-zA-Z0-9]+";
  private static final String HTTP_HEADER = "[-A-Za-z0-9]+";
  private static final String UNDERSCORE_SUBDOMAIN =
      "[a-z0-9_]([-_a-z0-9]*[a-z0-9_])?(\\.[a-z0-9_]([-_a-z0-9]*[a-z0-9_])?)*";
  private static final Pattern UNDERSCORE_SUBDOMAIN_PATTERN = Pattern.compile(UNDERSCORE_SUBDOMAIN);
  private static final String WILDCARD =
      "\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
  private static final Pattern WILDCARD_PATTERN = Pattern.compile(WILDCARD);
  private static final String HTTP_PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
  private static final Pattern PATH_PATTERN = Pattern.compile(HTTP_PATH);
  private static final Pattern CONFIG_KEY_PATTERN = Pattern.compile(CONFIG_KEY);
  private static final Pattern HTTP_HEADER_PATTERN = Pattern.compile(HTTP_HEADER);
  private static final Pattern ENV_CHARACTERS = Pattern.compile("[ -<>-~]*");
  private static final Pattern PERCENT = Pattern.compile("[0-9]+%");
  private static final int CONFIG_KEY_MAX = 253;
  private static final int PORT_MAX = 65535;

  private Formats() {}

  public static String inclusiveRange(long low, long high) {
    return "must be between %d and %d, inclusive".formatted(low, high);
  }

  private static ImmutableList<String> inRange(long value, long low, long high) {
    return value >= low && value <= high
        ? ImmutableList.of()
        : ImmutableList.of(inclusiveRange(low, high));
  }

  public static ImmutableList<String> portNumber(long port) {
    return inRange(port, 1, PORT_MAX);
  }

  /// The id of a user or a group.
  public static ImmutableList<String> id(long id) {
    return inRange(id, 0, Integer.MAX_VALUE);
  }

  /// A key in a config map or a secret.
  public static ImmutableList<String> configMapKey(String value) {
    ImmutableList.Builder<String> wrong = ImmutableList.builder();
    if (value.getBytes(StandardCharsets.UTF_8).length > CONFIG_KEY_MAX) {
      wrong.add(Names.maxLength(CONFIG_KEY_MAX));
    }
    if (!CONFIG_KEY_PATTERN.matcher(value).matches()) {
      wrong.add(
          Names.regexError(
              "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
              CONFIG_KEY,
              "key.name",
              "KEY_NAME",
              "key-name"));
    }
    if (value.equals(".")) {
      wrong.add("must not be '.'");
    } else if (value.equals("..")) {
      wrong.add("must not be '..'");
    } else if (value.startsWith("..")) {
      wrong.add("must not start with '..'");
    }
    return wrong.build();
  }

  /// The name of an environment variable, as relaxed in 1.34.
  public static ImmutableList<String> environmentName(String value) {
    ImmutableList.Builder<String> wrong = ImmutableList.builder();
    if (value.isEmpty()) {
      wrong.add("environment variable name must be non-empty");
    }
    if (!ENV_CHARACTERS.matcher(value).matches()) {
      wrong.add(
          "a valid environment variable name must consist only of printable ASCII characters other"
              + " than '='");
    }
    return wrong.build();
  }

  public static ImmutableList<String> dns1123SubdomainWithUnderscore(String value) {
    ImmutableList.Builder<String> wrong = ImmutableList.builder();
    if (value.getBytes(StandardCharsets.UTF_8).length > Names.DNS1123_SUBDOMAIN_MAX) {
      wrong.add(Names.maxLength(Names.DNS1123_SUBDOMAIN_MAX));
    }
    if (!UNDERSCORE_SUBDOMAIN_PATTERN.matcher(value).matches()) {
      wrong.add(
          Names.regexError(
              "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters,"
                  + " '-' or '.', and must start and end with an alphanumeric character",
              UNDERSCORE_SUBDOMAIN,
              "example.com"));
    }
    return wrong.build();
  }

  public static ImmutableList<String> httpHeaderName(String value) {
    return HTTP_HEADER_PATTERN.matcher(value).matches()
        ? ImmutableList.of()
        : ImmutableList.of(
            Names.regexError(
                "a valid HTTP header must consist of alphanumeric characters or '-'",
                HTTP_HEADER,
                "X-Header-Name"));
  }

  public static ImmutableList<String> ip(String value) {
    return InetAddresses.isInetAddress(value)
        ? ImmutableList.of()
        : ImmutableList.of("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
  }

  public static ImmutableList<String> cidr(String value) {
    return isCidr(value)
        ? ImmutableList.of()
        : ImmutableList.of("must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
  }

  private static boolean isCidr(String value) {
    int slash = value.indexOf('/');
    if (slash < 0 || !InetAddresses.isInetAddress(value.substring(0, slash))) {
      return false;
    }
    String length = value.substring(slash + 1);
    int bits = value.contains(":") ? 128 : 32;
    return length.matches("[0-9]{1,3}") && Integer.parseInt(length) <= bits;
  }

  /// A host with a wildcard as its first label.
  public static ImmutableList<String> wildcardSubdomain(String value) {
    return WILDCARD_PATTERN.matcher(value).matches()
        ? ImmutableList.of()
        : ImmutableList.of(
            Names.regexError(
                "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS"
                    + " subdomain, which must consist of lower case alphanumeric characters, '-'"
                    + " or '.' and end with an alphanumeric character",
                WILDCARD,
                "*.example.com"));
  }

  /// A name that may stand in the path of a URL.
  public static ImmutableList<String> pathSegment(String value) {
    if (value.equals(".") || value.equals("..")) {
      return ImmutableList.of("may not be '" + value + "'");
    }
    ImmutableList.Builder<String> wrong = ImmutableList.builder();
    for (String illegal : new String[] {"/", "%"}) {
      if (value.contains(illegal)) {
        wrong.add("may not contain '" + illegal + "'");
      }
    }
    return wrong.build();
  }

  /// A name such as `example.com/controller`.
  public static ImmutableList<String> domainPrefixedPath(String value) {
    int slash = value.indexOf('/');
    if (slash <= 0 || slash == value.length() - 1) {
      return ImmutableList.of("must be a domain-prefixed path (such as \"acme.io/foo\")");
    }
    ImmutableList<String> domain = Names.dns1123Subdomain(value.substring(0, slash));
    if (!domain.isEmpty()) {
      return domain;
    }
    return PATH_PATTERN.matcher(value.substring(slash + 1)).matches()
        ? ImmutableList.of()
        : ImmutableList.of(Names.regexError("Invalid path", HTTP_PATH));
  }

  /// A percentage, such as `25%`.
  public static ImmutableList<String> percent(String value) {
    return PERCENT.matcher(value).matches()
        ? ImmutableList.of()
        : ImmutableList.of(
            Names.regexError(
                "a valid percent string must be a numeric string followed by an ending '%'",
                "[0-9]+%", "1%", "93%"));
  }
}
