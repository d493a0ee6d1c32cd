package dev.drydock.cluster.controller.job;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// A set of completion indexes as a status writes it: `0-2,5`. Models indexed_job_utils.go.
final class Indexes {
  private Indexes() {}

  static TreeSet<Integer> parse(String text) {
    TreeSet<Integer> indexes = new TreeSet<>();
    for (String part : Splitter.on(',').omitEmptyStrings().split(text)) {
      if (part.matches("[0-9]{1,6}(-[0-9]{1,6})?")) {
        List<String> ends = Splitter.on('-').splitToList(part);
        int last = Integer.parseInt(ends.getLast());
        for (int i = Integer.parseInt(ends.getFirst()); i <= last; i++) {
          indexes.add(i);
        }
      }
    }
    return indexes;
  }

  static String write(SortedSet<Integer> indexes) {
    List<String> parts = new ArrayList<>();
    for (int index : indexes) {
      if (!indexes.contains(index - 1)) {
        int last = index;
        while (indexes.contains(last + 1)) {
          last++;
        }
        parts.add(run(index, last));
      }
    }
    return String.join(",", parts);
  }

  /// Two neighbours are listed, three and more are a range.
  private static String run(int first, int last) {
    if (first == last) {
      return String.valueOf(first);
    }
    return first + (last == first + 1 ? "," : "-") + last;
  }
}
