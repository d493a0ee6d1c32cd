package dev.drydock.cluster.apimachinery.validation;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// The formats of names, label keys and label values, with upstream's explanations. Each check
/// returns what is wrong; empty when nothing is.
///
/// Models apimachinery/pkg/util/validation.
public final class Names {
  public static final int DNS1123_LABEL_MAX = 63;
  public static final int DNS1123_SUBDOMAIN_MAX = 253;

  private static final String DNS1123_LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String DNS1123_SUBDOMAIN = DNS1123_LABEL + "(\\." + DNS1123_LABEL + ")*";
  private static final String DNS1035_LABEL = "[a-z]([-a-z0-9]*[a-z0-9])?";
  private static final String QUALIFIED_NAME = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final String LABEL_VALUE = "(" + QUALIFIED_NAME + ")?";

  private static final Pattern DNS1123_LABEL_PATTERN = Pattern.compile(DNS1123_LABEL);
  private static final Pattern DNS1123_SUBDOMAIN_PATTERN = Pattern.compile(DNS1123_SUBDOMAIN);
  private static final Pattern DNS1035_LABEL_PATTERN = Pattern.compile(DNS1035_LABEL);
  private static final Pattern QUALIFIED_NAME_PATTERN = Pattern.compile(QUALIFIED_NAME);
  private static final Pattern LABEL_VALUE_PATTERN = Pattern.compile(LABEL_VALUE);
  private static final Pattern IANA_CHARACTERS = Pattern.compile("[-a-z0-9]*");
  private static final Pattern IANA_LETTER = Pattern.compile("[a-z]");

  private Names() {}

  public static ImmutableList<String> dns1123Label(String value) {
    ImmutableList.Builder<String> wrong = ImmutableList.builder();
    if (bytes(value) > DNS1123_LABEL_MAX) {
      wrong.add(maxLength(DNS1123_LABEL_MAX));
    }
    if (!DNS1123_LABEL_PATTERN.matcher(value).matches()) {
      wrong.add(
          regexError(
              "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
                  + " and must start and end with an alphanumeric character",
              DNS1123_LABEL,
              "my-name",
              "123-abc"));
    }
    return wrong.build();
  }

  public static ImmutableList<String> dns1123Subdomain(String value) {
    ImmutableList.Builder<String> wrong = ImmutableList.builder();
    if (bytes(value) > DNS1123_SUBDOMAIN_MAX) {
      wrong.add(maxLength(DNS1123_SUBDOMAIN_MAX));
    }
    if (!DNS1123_SUBDOMAIN_PATTERN.matcher(value).matches()) {
      wrong.add(
          regexError(
              "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-'"
                  + " or '.', and must start and end with an alphanumeric character",
              DNS1123_SUBDOMAIN,
              "example.com"));
    }
    return wrong.build();
  }

  public static ImmutableList<String> dns1035Label(String value) {
    ImmutableList.Builder<String> wrong = ImmutableList.builder();
    if (bytes(value) > DNS1123_LABEL_MAX) {
      wrong.add(maxLength(DNS1123_LABEL_MAX));
    }
    if (!DNS1035_LABEL_PATTERN.matcher(value).matches()) {
      wrong.add(
          regexError(
              "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with"
                  + " an alphabetic character, and end with an alphanumeric character",
              DNS1035_LABEL,
              "my-name",
              "abc-123"));
    }
    return wrong.build();
  }

  /// A label or annotation key: `name` or `prefix.example.com/name`.
  public static ImmutableList<String> qualifiedName(String value) {
    ImmutableList.Builder<String> wrong = ImmutableList.builder();
    String[] parts = value.split("/", -1);
    String name = parts[parts.length - 1];
    if (parts.length > 2) {
      return ImmutableList.of(
          "a qualified name "
              + regexError(QUALIFIED_NAME_RULE, QUALIFIED_NAME, "MyName", "my.name", "123-abc")
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    }
    if (parts.length == 2) {
      if (parts[0].isEmpty()) {
        wrong.add("prefix part must be non-empty");
      } else {
        dns1123Subdomain(parts[0]).forEach(message -> wrong.add("prefix part " + message));
      }
    }
    if (name.isEmpty()) {
      wrong.add("name part must be non-empty");
    } else if (bytes(name) > 63) {
      wrong.add("name part " + maxLength(63));
    }
    if (!QUALIFIED_NAME_PATTERN.matcher(name).matches()) {
      wrong.add(
          "name part "
              + regexError(QUALIFIED_NAME_RULE, QUALIFIED_NAME, "MyName", "my.name", "123-abc"));
    }
    return wrong.build();
  }

  private static final String QUALIFIED_NAME_RULE =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character";

  public static ImmutableList<String> labelValue(String value) {
    ImmutableList.Builder<String> wrong = ImmutableList.builder();
    if (bytes(value) > 63) {
      wrong.add(maxLength(63));
    }
    if (!LABEL_VALUE_PATTERN.matcher(value).matches()) {
      wrong.add(
          regexError(
              "a valid label must be an empty string or consist of alphanumeric characters, '-', '_'"
                  + " or '.', and must start and end with an alphanumeric character",
              LABEL_VALUE,
              "MyValue",
              "my_value",
              "12345"));
    }
    return wrong.build();
  }

  /// The name of a port, as IANA's service names.
  public static ImmutableList<String> portName(String value) {
    ImmutableList.Builder<String> wrong = ImmutableList.builder();
    if (bytes(value) > 15) {
      wrong.add(maxLength(15));
    }
    if (!IANA_CHARACTERS.matcher(value).matches()) {
      wrong.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    }
    if (!IANA_LETTER.matcher(value).find()) {
      wrong.add("must contain at least one letter (a-z)");
    }
    if (value.contains("--")) {
      wrong.add("must not contain consecutive hyphens");
    }
    if (value.startsWith("-") || value.endsWith("-")) {
      wrong.add("must not begin or end with a hyphen");
    }
    return wrong.build();
  }

  public static String maxLength(int bytes) {
    return "must be no more than " + bytes + " bytes";
  }

  /// Models validation.RegexError.
  public static String regexError(String message, String regex, String... examples) {
    StringBuilder text = new StringBuilder(message).append(" (e.g. ");
    for (int i = 0; i < examples.length; i++) {
      text.append(i == 0 ? "" : " or ").append('\'').append(examples[i]).append("', ");
    }
    return text.append("regex used for validation is '").append(regex).append("')").toString();
  }

  private static int bytes(String value) {
    return value.getBytes(StandardCharsets.UTF_8).length;
  }
}
