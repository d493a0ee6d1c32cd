package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Paths;

/// Arguments taken apart as getopt does, options anywhere before `--`.
///
/// @param error empty, or what is wrong in getopt's words
record Options(
    String name,
    ImmutableListMultimap<String, String> values,
    ImmutableList<String> operands,
    String error) {

  /// @param spec letters of options; a colon follows one that takes a value; a leading `+` stops at
  ///   the first operand; words in braces are long options, like `{name}` or `{name:}`
  static Options parse(ImmutableList<String> argv, String spec) {
    var values = ImmutableListMultimap.<String, String>builder();
    var operands = ImmutableList.<String>builder();
    String name = Paths.baseName(argv.get(0));
    boolean stopAtOperand = spec.startsWith("+");
    String error = "";
    int i = 1;
    while (i < argv.size()) {
      String word = argv.get(i++);
      if (word.equals("--")) {
        break;
      }
      if (word.startsWith("--")) {
        int equals = word.indexOf('=');
        String option = equals < 0 ? word.substring(2) : word.substring(2, equals);
        boolean takes = spec.contains("{" + option + ":}");
        if (!takes && !spec.contains("{" + option + "}")) {
          error = error.isEmpty() ? "unrecognized option '" + word + "'" : error;
        } else if (equals >= 0) {
          values.put(option, word.substring(equals + 1));
        } else if (takes && i < argv.size()) {
          values.put(option, argv.get(i++));
        } else {
          values.put(option, "");
        }
        continue;
      }
      if (word.length() < 2 || !word.startsWith("-")) {
        if (stopAtOperand) {
          i--;
          break;
        }
        operands.add(word);
        continue;
      }
      for (int at = 1; at < word.length(); at++) {
        char letter = word.charAt(at);
        int known = letter == ':' ? -1 : spec.replaceAll("\\{[^}]*\\}", "").indexOf(letter);
        String letters = spec.replaceAll("\\{[^}]*\\}", "");
        if (known < 0) {
          error = error.isEmpty() ? "invalid option -- '" + letter + "'" : error;
          break;
        }
        if (!letters.startsWith(":", known + 1)) {
          values.put(Character.toString(letter), "");
        } else if (at + 1 < word.length()) {
          values.put(Character.toString(letter), word.substring(at + 1));
          break;
        } else if (i < argv.size()) {
          values.put(Character.toString(letter), argv.get(i++));
        } else {
          error = error.isEmpty() ? "option requires an argument -- '" + letter + "'" : error;
        }
      }
    }
    operands.addAll(argv.subList(Math.min(i, argv.size()), argv.size()));
    return new Options(name, values.build(), operands.build(), error);
  }

  boolean has(String option) {
    return values.containsKey(option);
  }

  String value(String option, String otherwise) {
    ImmutableList<String> all = values.get(option);
    return all.isEmpty() ? otherwise : all.get(all.size() - 1);
  }

  /// A number of an option.
  long number(String option, long otherwise) throws UsageException {
    return has(option) ? Numbers.parse(value(option, "")) : otherwise;
  }

  int complain(Io io) {
    io.err(name + ": " + error);
    return 1;
  }
}
