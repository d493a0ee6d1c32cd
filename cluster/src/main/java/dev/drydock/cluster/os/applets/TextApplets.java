package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.HashFunction;
import com.google.common.io.BaseEncoding;
import dev.drydock.cluster.os.ByteText;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.shell.Escapes;
import dev.drydock.cluster.os.shell.Glob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Programs that read text and print something of it. Model busybox coreutils.
final class TextApplets {
  private TextApplets() {}

  /// `nl` and `cat -n`.
  static final class Numbering extends Filter.Logic {
    private final boolean skipEmpty;
    private int number;

    Numbering(boolean skipEmpty) {
      this.skipEmpty = skipEmpty;
    }

    @Override
    void line(Io io, String file, String line, boolean newline) {
      boolean counted = !skipEmpty || !line.isEmpty();
      io.out(counted ? "%6d\t%s".formatted(++number, line) : "       " + line);
      io.out(newline ? "\n" : "");
    }

    @Override
    String complaint(String name, String file, String error) {
      return name + ": can't open '" + file + "': " + error;
    }
  }

  /// Prints each line changed by a function that keeps nothing.
  static final class Mapping extends Filter.Logic {
    private final UnaryOperator<@Nullable String> change;

    Mapping(UnaryOperator<@Nullable String> change) {
      this.change = change;
    }

    @Override
    void line(Io io, String file, String line, boolean newline) {
      String changed = change.apply(line);
      if (changed != null) {
        io.out(changed).out(newline ? "\n" : "");
      }
    }
  }

  // ---- head and tail

  static Filter.Logic head(Options options) throws UsageException {
    boolean bytes = options.has("c");
    long count = bytes ? options.number("c", 10) : options.number("n", 10);
    return new Head(count, bytes, options.operands().size() > 1 && !options.has("q"));
  }

  static final class Head extends Filter.Logic {
    private final long count;
    private final boolean bytes;
    private final boolean titled;
    private long left;
    private String current = "";
    private boolean first = true;

    Head(long count, boolean bytes, boolean titled) {
      this.count = count;
      this.bytes = bytes;
      this.titled = titled;
      this.left = count;
    }

    @Override
    void line(Io io, String file, String line, boolean newline) {
      if (!file.equals(current)) {
        current = file;
        left = count;
        if (titled) {
          io.out((first ? "" : "\n") + "==> " + file + " <==\n");
        }
        first = false;
      }
      if (left <= 0) {
        return;
      }
      String text = newline ? line + "\n" : line;
      if (bytes) {
        io.out(text.substring(0, (int) Math.min(left, text.length())));
        left -= text.length();
      } else {
        io.out(text);
        left--;
      }
    }

    @Override
    boolean isDone() {
      return (left <= 0 || count <= 0) && !titled;
    }

    @Override
    int status(boolean failed) {
      return failed ? 1 : 0;
    }
  }

  /// The last lines or bytes of a text.
  static String tail(String text, String spec, boolean bytes) throws UsageException {
    boolean fromStart = spec.startsWith("+");
    long count = Math.abs(Numbers.parse(spec));
    if (bytes) {
      int at = (int) (fromStart ? Math.max(0, count - 1) : Math.max(0, text.length() - count));
      return text.substring(Math.min(at, text.length()));
    }
    if (fromStart) {
      int at = 0;
      for (long i = 1; i < count && at < text.length(); i++) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
      }
      return text.substring(at);
    }
    int at = text.endsWith("\n") ? text.length() - 1 : text.length();
    for (long i = 0; i < count; i++) {
      at = text.lastIndexOf('\n', at - 1);
      if (at < 0) {
        return text;
      }
    }
    return count == 0 ? "" : text.substring(at + 1);
  }

  // ---- counting

  static int wc(Io io, Options options, ImmutableList<Slurp.Source> sources) {
    boolean all =
        !options.has("l")
            && !options.has("w")
            && !options.has("c")
            && !options.has("m")
            && !options.has("L");
    long[] total = new long[3];
    int status = 0;
    boolean single = columns(options, all) == 1;
    for (Slurp.Source source : sources) {
      if (!source.error().isEmpty()) {
        io.err("wc: " + source.name() + ": " + source.error());
        status = 1;
        continue;
      }
      long[] counts = count(source.text());
      for (int i = 0; i < 3; i++) {
        total[i] += counts[i];
      }
      boolean unnamed = options.operands().isEmpty();
      printCounts(
          io,
          options,
          all,
          counts,
          unnamed ? "" : source.name(),
          single && (unnamed || sources.size() == 1));
    }
    if (sources.size() > 1) {
      printCounts(io, options, all, total, "total", false);
    }
    return status;
  }

  private static int columns(Options options, boolean all) {
    int count = 0;
    for (String letter : List.of("l", "w", "c", "m")) {
      count += options.has(letter) ? 1 : 0;
    }
    return all ? 3 : count;
  }

  private static long[] count(String text) {
    long lines = 0;
    long words = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean space = c == ' ' || (c >= 9 && c <= 13);
      words += !space && !inWord ? 1 : 0;
      inWord = !space;
      lines += c == '\n' ? 1 : 0;
    }
    return new long[] {lines, words, text.length()};
  }

  private static void printCounts(
      Io io, Options options, boolean all, long[] counts, String name, boolean narrow) {
    List<String> shown = new ArrayList<>();
    String letters = "lwc";
    for (int i = 0; i < 3; i++) {
      boolean wanted =
          all || options.has(letters.substring(i, i + 1)) || (i == 2 && options.has("m"));
      if (wanted) {
        shown.add(narrow ? Long.toString(counts[i]) : "%9d".formatted(counts[i]));
      }
    }
    String text = String.join(" ", shown);
    io.line(name.isEmpty() ? text : text + " " + name);
  }

  // ---- sorting

  static int sort(Io io, Options options, ImmutableList<Slurp.Source> sources) {
    List<String> lines = new ArrayList<>();
    for (Slurp.Source source : sources) {
      if (!source.error().isEmpty()) {
        io.err("sort: " + source.name() + ": " + source.error());
        return 2;
      }
      lines.addAll(linesOf(source.text()));
    }
    io.sys().charge(lines.size() / 4);
    Comparator<String> order;
    try {
      order = SortOrder.of(options);
    } catch (UsageException e) {
      io.err("sort: " + e.getMessage());
      return 2;
    }
    lines.sort(order);
    if (options.has("u")) {
      List<String> distinct = new ArrayList<>();
      for (String line : lines) {
        if (distinct.isEmpty() || order.compare(distinct.get(distinct.size() - 1), line) != 0) {
          distinct.add(line);
        }
      }
      lines = distinct;
    }
    String text = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    if (options.has("o")) {
      io.sys().writeFile(options.value("o", ""), text, 0666);
    } else {
      io.out(text);
    }
    return 0;
  }

  /// The lines of a text; a last one without a newline counts.
  static List<String> linesOf(String text) {
    List<String> lines = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      lines.add(text.substring(at, end < 0 ? text.length() : end));
      at = end < 0 ? text.length() : end + 1;
    }
    return lines;
  }

  static final class Uniq extends Filter.Logic {
    private final Options options;
    private @Nullable String last;
    private long count;

    Uniq(Options options) {
      this.options = options;
    }

    @Override
    void line(Io io, String file, String line, boolean newline) {
      if (last != null && same(last, line)) {
        count++;
        return;
      }
      print(io);
      last = line;
      count = 1;
    }

    private boolean same(String a, String b) {
      return options.has("i") ? a.equalsIgnoreCase(b) : a.equals(b);
    }

    private void print(Io io) {
      if (last == null || (options.has("d") && count < 2) || (options.has("u") && count > 1)) {
        return;
      }
      io.line(options.has("c") ? "%7d %s".formatted(count, last) : last);
    }

    @Override
    void end(Io io) {
      print(io);
    }
  }

  // ---- cutting and translating

  static Filter.Logic cut(Options options) throws UsageException {
    String list = options.value("f", options.value("c", options.value("b", "")));
    if (list.isEmpty()) {
      throw new UsageException("expected a list of bytes, characters, or fields");
    }
    List<int[]> ranges = ranges(list);
    if (!options.has("f")) {
      return new Mapping(line -> line == null ? null : select(line, ranges));
    }
    String delimiter = options.value("d", "\t");
    if (delimiter.length() != 1) {
      throw new UsageException("the delimiter must be a single character");
    }
    boolean strict = options.has("s");
    return new Mapping(line -> line == null ? null : fields(line, delimiter, ranges, strict));
  }

  private static List<int[]> ranges(String list) throws UsageException {
    List<int[]> ranges = new ArrayList<>();
    for (String item : list.split(",")) {
      if (!item.matches("[0-9]{1,6}|[0-9]{1,6}-[0-9]{0,6}|-[0-9]{1,6}")) {
        throw new UsageException("invalid range " + item);
      }
      String[] ends = item.split("-", -1);
      int from = ends[0].isEmpty() ? 1 : Integer.parseInt(ends[0]);
      int to =
          ends.length == 1
              ? from
              : ends[1].isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(ends[1]);
      ranges.add(new int[] {from, to});
    }
    return ranges;
  }

  private static boolean selected(List<int[]> ranges, int number) {
    return ranges.stream().anyMatch(r -> number >= r[0] && number <= r[1]);
  }

  private static String select(String line, List<int[]> ranges) {
    var out = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      if (selected(ranges, i + 1)) {
        out.append(line.charAt(i));
      }
    }
    return out.toString();
  }

  private static @Nullable String fields(
      String line, String delimiter, List<int[]> ranges, boolean strict) {
    if (!line.contains(delimiter)) {
      return strict ? null : line;
    }
    String[] all = line.split(java.util.regex.Pattern.quote(delimiter), -1);
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < all.length; i++) {
      if (selected(ranges, i + 1)) {
        kept.add(all[i]);
      }
    }
    return String.join(delimiter, kept);
  }

  /// `tr` works on bytes, newlines too, so it takes lines with their ends.
  static final class Tr extends Filter.Logic {
    private final String from;
    private final String to;
    private final boolean complement;
    private final boolean delete;
    private final boolean squeeze;
    private int last = -1;

    Tr(Options options) throws UsageException {
      if (options.operands().isEmpty()) {
        throw new UsageException("missing operand");
      }
      from = expand(options.operands().get(0));
      to = options.operands().size() > 1 ? expand(options.operands().get(1)) : "";
      complement = options.has("c") || options.has("C");
      delete = options.has("d");
      squeeze = options.has("s");
    }

    private static String expand(String set) {
      String text = Escapes.echo(set).text();
      var out = new StringBuilder();
      for (int i = 0; i < text.length(); i++) {
        int end = text.startsWith("[:", i) ? text.indexOf(":]", i) : -1;
        if (end > 0) {
          String name = text.substring(i + 2, end);
          for (char c = 0; c < 256; c++) {
            if (Glob.inClass(name, c)) {
              out.append(c);
            }
          }
          i = end + 1;
        } else if (i + 2 < text.length()
            && text.charAt(i + 1) == '-'
            && text.charAt(i + 2) >= text.charAt(i)) {
          for (char c = text.charAt(i); c <= text.charAt(i + 2); c++) {
            out.append(c);
          }
          i += 2;
        } else {
          out.append(text.charAt(i));
        }
      }
      return out.toString();
    }

    @Override
    void line(Io io, String file, String line, boolean newline) {
      var out = new StringBuilder();
      String text = newline ? line + "\n" : line;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        int index = from.lastIndexOf(c);
        boolean member = (index >= 0) != complement;
        if (member && delete) {
          continue;
        }
        char changed = c;
        if (member && !to.isEmpty() && !delete) {
          int at = complement ? to.length() - 1 : Math.min(index, to.length() - 1);
          changed = to.charAt(at);
        }
        String squeezed = to.isEmpty() || delete ? (delete ? to : from) : to;
        boolean inSqueezed = complement && to.isEmpty() ? member : squeezed.indexOf(changed) >= 0;
        if (squeeze && changed == last && inSqueezed) {
          continue;
        }
        last = changed;
        out.append(changed);
      }
      io.out(out.toString());
    }
  }

  // ---- whole texts

  static int tac(Io io, Options options, ImmutableList<Slurp.Source> sources) {
    for (Slurp.Source source : sources) {
      linesOf(source.text()).reversed().forEach(io::line);
    }
    return 0;
  }

  static int base64(Io io, Options options, ImmutableList<Slurp.Source> sources) {
    Slurp.Source source = sources.get(0);
    if (!source.error().isEmpty()) {
      io.err("base64: can't open '" + source.name() + "': " + source.error());
      return 1;
    }
    if (options.has("d")) {
      try {
        String bare = source.text().replaceAll("\\s", "");
        io.out(ByteText.ofBytes(BaseEncoding.base64().decode(bare)));
        return 0;
      } catch (IllegalArgumentException _) {
        io.err("base64: truncated input");
        return 1;
      }
    }
    String encoded = BaseEncoding.base64().encode(ByteText.toBytes(source.text()));
    int width =
        (int) Math.max(0, Long.parseLong("0" + options.value("w", "76").replaceAll("\\D", "")));
    for (int at = 0; at < encoded.length(); at += width == 0 ? encoded.length() : width) {
      io.line(
          encoded.substring(
              at, Math.min(encoded.length(), width == 0 ? encoded.length() : at + width)));
    }
    return 0;
  }

  static Applet digest(HashFunction function) {
    return Applet.slurping(
        "cswb",
        0,
        (io, options, sources) -> {
          int status = 0;
          for (Slurp.Source source : sources) {
            if (!source.error().isEmpty()) {
              io.err(options.name() + ": can't open '" + source.name() + "': " + source.error());
              status = 1;
              continue;
            }
            if (options.has("c")) {
              status |= check(io, options, function, source);
            } else {
              io.line(function.hashBytes(ByteText.toBytes(source.text())) + "  " + source.name());
            }
          }
          return status;
        });
  }

  private static int check(Io io, Options options, HashFunction function, Slurp.Source list) {
    int failed = 0;
    for (String line : linesOf(list.text())) {
      int gap = line.indexOf("  ");
      if (gap < 0) {
        continue;
      }
      String file = line.substring(gap + 2);
      String sum = "";
      try {
        sum = function.hashBytes(ByteText.toBytes(io.sys().readFile(file))).toString();
      } catch (dev.drydock.cluster.os.OsException e) {
        io.err(options.name() + ": can't open '" + file + "': " + e.text());
      }
      boolean ok = sum.equals(line.substring(0, gap));
      failed += ok ? 0 : 1;
      if (!options.has("s")) {
        io.line(file + ": " + (ok ? "OK" : "FAILED"));
      }
    }
    if (failed > 0) {
      io.err(options.name() + ": WARNING: " + failed + " computed checksums did NOT match");
    }
    return failed > 0 ? 1 : 0;
  }

  static int hexdump(Io io, Options options, ImmutableList<Slurp.Source> sources) {
    var all = new StringBuilder();
    sources.forEach(s -> all.append(s.text()));
    String text = all.toString();
    boolean canonical = options.has("C");
    for (int at = 0; at < text.length(); at += 16) {
      String row = text.substring(at, Math.min(text.length(), at + 16));
      var hex = new StringBuilder();
      var plain = new StringBuilder();
      for (int i = 0; i < 16; i++) {
        if (canonical) {
          hex.append(i == 8 ? " " : "")
              .append(i < row.length() ? " %02x".formatted((int) row.charAt(i)) : "   ");
        } else if (i % 2 == 0 && i < row.length()) {
          int high = i + 1 < row.length() ? row.charAt(i + 1) : 0;
          hex.append(" %04x".formatted(high << 8 | row.charAt(i)));
        }
        if (i < row.length()) {
          plain.append(row.charAt(i) >= 32 && row.charAt(i) < 127 ? row.charAt(i) : '.');
        }
      }
      io.line(canonical ? "%08x %s  |%s|".formatted(at, hex, plain) : "%07x%s".formatted(at, hex));
    }
    if (!text.isEmpty()) {
      io.line((canonical ? "%08x" : "%07x").formatted(text.length()));
    }
    return 0;
  }

  static int seq(Io io, ImmutableList<String> argv) {
    List<String> words = argv.subList(1, argv.size());
    String separator = "\n";
    boolean wide = false;
    while (!words.isEmpty() && words.get(0).matches("-[ws].*")) {
      String word = words.get(0);
      words = words.subList(1, words.size());
      if (word.startsWith("-w")) {
        wide = true;
      } else if (word.length() > 2) {
        separator = word.substring(2);
      } else if (!words.isEmpty()) {
        separator = words.get(0);
        words = words.subList(1, words.size());
      }
    }
    if (words.isEmpty() || words.size() > 3) {
      io.err("Usage: seq [-w] [-s SEP] [FIRST [INC]] LAST");
      return 1;
    }
    try {
      double first = words.size() > 1 ? Double.parseDouble(words.get(0)) : 1;
      double step = words.size() > 2 ? Double.parseDouble(words.get(1)) : 1;
      double last = Double.parseDouble(words.get(words.size() - 1));
      int digits =
          words.stream()
              .mapToInt(w -> w.contains(".") ? w.length() - w.indexOf('.') - 1 : 0)
              .max()
              .orElse(0);
      int width = wide ? Math.max(shape(first, digits).length(), shape(last, digits).length()) : 0;
      long count = step == 0 ? -1 : (long) Math.floor((last - first) / step + 1e-9) + 1;
      if (count > 5_000_000) {
        io.err("seq: too many numbers");
        return 1;
      }
      for (long i = 0; i < count; i++) {
        String number = shape(first + i * step, digits);
        io.out(
            (i == 0 ? "" : separator) + "0".repeat(Math.max(0, width - number.length())) + number);
      }
      io.sys().charge((int) Math.max(0, count / 64));
      io.out(count > 0 ? "\n" : "");
      return 0;
    } catch (NumberFormatException _) {
      io.err("seq: invalid number '" + words.get(words.size() - 1) + "'");
      return 1;
    }
  }

  private static String shape(double value, int digits) {
    return digits == 0
        ? Long.toString((long) value)
        : String.format(java.util.Locale.ROOT, "%." + digits + "f", value);
  }
}
