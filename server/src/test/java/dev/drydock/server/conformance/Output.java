package dev.drydock.server.conformance;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A command's output with what a cluster is free to choose (times, ages, addresses, uids,
/// generated names, the width of columns) replaced by the placeholders that the recordings have.
final class Output {
  private record Rule(Pattern pattern, String placeholder) {
    static Rule of(String pattern, String placeholder) {
      return new Rule(Pattern.compile(pattern), placeholder);
    }
  }

  private static final String CONSONANT = "[bcdfghjklmnpqrstvwxz2456789]";
  private static final String HASH = "[bcdf0-9]" + CONSONANT + "{7,9}";
  private static final String AGE = "<age>";

  private static final List<Rule> RULES =
      List.of(
          Rule.of(
              "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)", "<time>"),
          Rule.of(
              "\\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d \\w{3} \\d{4} [\\d:]{8} [+-]\\d{4}",
              "<time>"),
          Rule.of("\\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \\w{3} +\\d+ [\\d:]{8} UTC \\d{4}", "<time>"),
          Rule.of("\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b", "<uid>"),
          Rule.of("\\b(10|172|192)(\\.\\d{1,3}){3}\\b", "<ip>"),
          Rule.of("containerd://[0-9a-f]{16,}", "<container-id>"),
          Rule.of("(docker\\.io/[\\w./-]+@)?sha256:[0-9a-f]{64}", "<image-id>"),
          Rule.of("(resourceVersion: )\"?\\d+\"?", "$1<rv>"),
          Rule.of("(\"resourceVersion\": )\"\\d+\"", "$1<rv>"),
          Rule.of("kube-api-access-[a-z0-9]{5}", "kube-api-access-<rand>"),
          Rule.of("\\b([a-z][a-z0-9.-]*)-" + HASH + "-" + CONSONANT + "{5}\\b", "$1-<hash>-<rand>"),
          Rule.of("\\b([a-z][a-z0-9.-]*)-" + HASH + "\\b", "$1-<hash>"),
          Rule.of("\\(x\\d+ over [0-9smhd]+\\)", "(x<n> over <age>)"),
          Rule.of("\\((x<n> over )?\\d+[smhd]\\d*[smhd]? ago\\)", "(<age> ago)"),
          Rule.of(
              "(?<![\\w.:=\"'-])(?<!cpu:  )(?<!cpu  )(\\d+d)?(\\d+h)?(\\d+m)?\\d+[smhd](?![\\w.\"'-])(?! \\(\\d+%\\))",
              AGE),
          Rule.of("(?<![\\w.])<unknown>(?=\\s|$)", AGE),
          Rule.of(
              "in [\\d.]+m?s \\([\\d.]+m?s including waiting\\)\\. Image size: \\d+ bytes",
              "in <age>. Image size: <n> bytes"),
          Rule.of("TokenExpirationSeconds: +\\d+", "TokenExpirationSeconds: <n>"));

  private Output() {}

  static String normalised(String text) {
    return text.replace("\r", "")
        .lines()
        .filter(line -> !line.contains("Metadata.managedFields"))
        .map(Output::line)
        .collect(Collectors.joining("\n"))
        .strip();
  }

  private static String line(String raw) {
    int indent = raw.length() - raw.stripLeading().length();
    String line = " ".repeat(indent) + raw.strip().replaceAll("[ \t]{2,}|\t", "  ");
    boolean aboutCpu = line.toLowerCase(java.util.Locale.ROOT).contains("cpu");
    for (Rule rule : RULES) {
      // 500m of CPU is not an age.
      if (!(aboutCpu && rule.placeholder().equals(AGE))) {
        line = rule.pattern().matcher(line).replaceAll(rule.placeholder());
      }
    }
    return line.stripTrailing();
  }
}
