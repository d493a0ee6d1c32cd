package dev.drydock.cluster.apimachinery.validation;

import com.google.common.base.Splitter;
import dev.drydock.cluster.apimachinery.json.GoJson;
import dev.drydock.cluster.apimachinery.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The difference of two values as the API server shows it below an error: a unified diff of their
/// indented JSON.
///
/// Models apimachinery/pkg/util/diff.Diff, whose matching is that of Python's difflib: the longest
/// common block first, then the same on both sides of it; in long texts, lines that are frequent do
/// not begin a block.
public final class UnifiedDiff {
  private static final int CONTEXT = 3;
  private static final int POPULAR_FROM_LINES = 200;

  private final List<String> before;
  private final List<String> now;
  private final Map<String, List<Integer>> places = new HashMap<>();

  private UnifiedDiff(List<String> before, List<String> now) {
    this.before = before;
    this.now = now;
    for (int i = 0; i < now.size(); i++) {
      places.computeIfAbsent(now.get(i), _ -> new ArrayList<>()).add(i);
    }
    if (now.size() >= POPULAR_FROM_LINES) {
      int frequent = now.size() / 100 + 1;
      places.values().removeIf(found -> found.size() > frequent);
    }
  }

  /// Lines that are the same in both.
  private record Block(int before, int now, int size) {}

  /// A stretch of one kind: the lines from one line (included) to another (not), in each text.
  private record Change(boolean equal, int from, int to, int nowFrom, int nowTo) {}

  public static String of(Json before, Json now) {
    return new UnifiedDiff(lines(before), lines(now)).text();
  }

  private static List<String> lines(Json value) {
    return Splitter.on('\n').splitToList(GoJson.indented(value, " "));
  }

  private String text() {
    StringBuilder out = new StringBuilder();
    for (List<Change> group : groups()) {
      Change first = group.getFirst();
      Change last = group.getLast();
      out.append("@@ -")
          .append(range(first.from(), last.to()))
          .append(" +")
          .append(range(first.nowFrom(), last.nowTo()))
          .append(" @@\n");
      for (Change change : group) {
        append(change.equal() ? ' ' : '-', before.subList(change.from(), change.to()), out);
        if (!change.equal()) {
          append('+', now.subList(change.nowFrom(), change.nowTo()), out);
        }
      }
    }
    return out.toString();
  }

  private static void append(char sign, List<String> lines, StringBuilder out) {
    lines.forEach(line -> out.append(sign).append(line).append('\n'));
  }

  private static String range(int from, int to) {
    int length = to - from;
    if (length == 1) {
      return String.valueOf(from + 1);
    }
    return (length == 0 ? from : from + 1) + "," + length;
  }

  /// Changes that are near each other, with a little of what is around them.
  private List<List<Change>> groups() {
    List<List<Change>> groups = new ArrayList<>();
    List<Change> group = new ArrayList<>();
    List<Change> changes = changes();
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      boolean first = i == 0;
      boolean last = i == changes.size() - 1;
      int length = change.to() - change.from();
      if (!change.equal()) {
        group.add(change);
      } else if (!first && !last && length > 2 * CONTEXT) {
        group.add(part(change, 0, CONTEXT));
        groups.add(group);
        group = new ArrayList<>(List.of(part(change, length - CONTEXT, length)));
      } else {
        int skip = first ? Math.max(0, length - CONTEXT) : 0;
        group.add(part(change, skip, last ? Math.min(length, skip + CONTEXT) : length));
      }
    }
    boolean changed = group.stream().anyMatch(change -> !change.equal());
    if (changed) {
      groups.add(group);
    }
    return groups;
  }

  private static Change part(Change change, int from, int to) {
    return new Change(
        change.equal(),
        change.from() + from,
        change.from() + to,
        change.nowFrom() + from,
        change.nowFrom() + to);
  }

  private List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    int at = 0;
    int nowAt = 0;
    for (Block block : blocks()) {
      if (at < block.before() || nowAt < block.now()) {
        changes.add(new Change(false, at, block.before(), nowAt, block.now()));
      }
      at = block.before() + block.size();
      nowAt = block.now() + block.size();
      if (block.size() > 0) {
        changes.add(new Change(true, block.before(), at, block.now(), nowAt));
      }
    }
    return changes;
  }

  private List<Block> blocks() {
    List<Block> found = new ArrayList<>();
    Deque<Change> open = new ArrayDeque<>();
    open.add(new Change(false, 0, before.size(), 0, now.size()));
    while (!open.isEmpty()) {
      Change within = open.removeLast();
      Block block = longest(within);
      if (block.size() == 0) {
        continue;
      }
      found.add(block);
      open.add(new Change(false, within.from(), block.before(), within.nowFrom(), block.now()));
      open.add(
          new Change(
              false,
              block.before() + block.size(),
              within.to(),
              block.now() + block.size(),
              within.nowTo()));
    }
    found.sort(Comparator.comparingInt(Block::before));
    found.add(new Block(before.size(), now.size(), 0));
    return merged(found);
  }

  /// Blocks that touch are one.
  private static List<Block> merged(List<Block> blocks) {
    List<Block> merged = new ArrayList<>();
    for (Block block : blocks) {
      if (!merged.isEmpty() && touches(merged.getLast(), block)) {
        Block last = merged.removeLast();
        merged.add(new Block(last.before(), last.now(), last.size() + block.size()));
      } else {
        merged.add(block);
      }
    }
    return merged;
  }

  private static boolean touches(Block block, Block next) {
    return next.size() > 0
        && block.before() + block.size() == next.before()
        && block.now() + block.size() == next.now();
  }

  private Block longest(Change within) {
    int best = 0;
    int bestBefore = within.from();
    int bestNow = within.nowFrom();
    Map<Integer, Integer> lengths = Map.of();
    for (int i = within.from(); i < within.to(); i++) {
      Map<Integer, Integer> next = new HashMap<>();
      for (int j : places.getOrDefault(before.get(i), List.of())) {
        if (j < within.nowFrom() || j >= within.nowTo()) {
          continue;
        }
        int length = lengths.getOrDefault(j - 1, 0) + 1;
        next.put(j, length);
        if (length > best) {
          best = length;
          bestBefore = i - length + 1;
          bestNow = j - length + 1;
        }
      }
      lengths = next;
    }
    return extended(within, bestBefore, bestNow, best);
  }

  /// Frequent lines may still lengthen a block at both ends.
  private Block extended(Change within, int from, int nowFrom, int size) {
    int start = from;
    int nowStart = nowFrom;
    int end = from + size;
    int nowEnd = nowFrom + size;
    while (start > within.from()
        && nowStart > within.nowFrom()
        && before.get(start - 1).equals(now.get(nowStart - 1))) {
      start--;
      nowStart--;
    }
    while (end < within.to()
        && nowEnd < within.nowTo()
        && before.get(end).equals(now.get(nowEnd))) {
      end++;
      nowEnd++;
    }
    return new Block(start, nowStart, end - start);
  }
}
