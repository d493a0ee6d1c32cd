package dev.drydock.cluster.embedded;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.cri.LogEntry;
import dev.drydock.cluster.os.ByteText;
import dev.drydock.cluster.os.Content;
import dev.drydock.cluster.os.Rewritable;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;
import org.pcollections.PSequence;
import org.pcollections.PSet;

/// Replaces texts and instants everywhere inside an immutable value: records, persistent and
/// immutable collections, JSON trees. What holds nothing to replace stays the very same object, so
/// that a rewritten value shares it with the one it came from. Contents of files are left alone.
final class ValueRewriter {
  private final UnaryOperator<String> texts;
  private final UnaryOperator<Instant> instants;
  private final Set<Object> constants;
  private final boolean learning;

  private ValueRewriter(
      UnaryOperator<String> texts,
      UnaryOperator<Instant> instants,
      Set<Object> constants,
      boolean learning) {
    this.texts = texts;
    this.instants = instants;
    this.constants = constants;
    this.learning = learning;
  }

  /// A rewriter that finds out what stays as it is.
  static ValueRewriter learning(UnaryOperator<String> texts, UnaryOperator<Instant> instants) {
    return new ValueRewriter(
        texts, instants, Collections.newSetFromMap(new IdentityHashMap<>()), true);
  }

  /// A rewriter of the same values with other replacements, which knows what stays as it is. Many
  /// may work at a time, once the first has ended.
  ValueRewriter taught(UnaryOperator<String> other, UnaryOperator<Instant> otherInstants) {
    return new ValueRewriter(other, otherInstants, constants, false);
  }

  /// The value with everything replaced; of the same type.
  @SuppressWarnings("unchecked")
  <T> T rewrite(T value) {
    return (T) rewriteAny(value);
  }

  private Object rewriteAny(Object value) {
    return switch (value) {
      case String text -> texts.apply(text);
      case Instant instant -> instants.apply(instant);
      case JsonString(String text) -> {
        String other = texts.apply(text);
        yield other.equals(text) ? value : new JsonString(other);
      }
      case Number _, Boolean _, Enum<?> _, Content _ -> value;
      default -> {
        if (constants.contains(value)) {
          yield value;
        }
        Object rewritten = rewriteInside(value);
        if (learning && rewritten == value) {
          constants.add(value);
        }
        yield rewritten;
      }
    };
  }

  private Object rewriteInside(Object value) {
    return switch (value) {
      case JsonObject(ImmutableMap<String, ?> fields) -> {
        Object other = map(fields);
        @SuppressWarnings("unchecked")
        ImmutableMap<String, dev.drydock.cluster.apimachinery.json.Json> typed =
            (ImmutableMap<String, dev.drydock.cluster.apimachinery.json.Json>) other;
        yield other == fields ? value : new JsonObject(typed);
      }
      case JsonArray(ImmutableList<?> items) -> {
        Object other = list(items);
        @SuppressWarnings("unchecked")
        ImmutableList<dev.drydock.cluster.apimachinery.json.Json> typed =
            (ImmutableList<dev.drydock.cluster.apimachinery.json.Json>) other;
        yield other == items ? value : new JsonArray(typed);
      }
      case ImmutableMap<?, ?> map -> map(map);
      case ImmutableList<?> list -> list(list);
      case PMap<?, ?> map -> persistentMap(map);
      case PSet<?> set -> persistentSet(set);
      case PSequence<?> sequence -> persistentSequence(sequence);
      case LogEntry entry -> logged(entry);
      case Optional<?> optional -> optional.isEmpty() ? value : optional(optional);
      case Rewritable rewritable -> rewritable.rewritten(this::rewriteAny);
      case Record record -> RecordShape.of(record.getClass()).rewrite(record, this::rewriteAny);
      default -> value;
    };
  }

  private LogEntry logged(LogEntry entry) {
    String text = ByteText.ofBytes(entry.bytes());
    Instant at = instants.apply(entry.time());
    String other = texts.apply(text);
    return at.equals(entry.time()) && other.equals(text)
        ? entry
        : new LogEntry(at, entry.stream(), ByteText.toBytes(other), entry.partial());
  }

  private static Object same(Object before, boolean changed, Object after) {
    return changed ? after : before;
  }

  private Object optional(Optional<?> optional) {
    Object inside = optional.orElseThrow();
    Object other = rewriteAny(inside);
    return other == inside ? optional : Optional.of(other);
  }

  private Object map(ImmutableMap<?, ?> map) {
    Map<Object, Object> rewritten = new LinkedHashMap<>();
    boolean changed = false;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object key = rewriteAny(entry.getKey());
      Object value = rewriteAny(entry.getValue());
      changed |= !key.equals(entry.getKey()) || value != entry.getValue();
      rewritten.put(key, value);
    }
    return same(map, changed, ImmutableMap.copyOf(rewritten));
  }

  private Object list(ImmutableList<?> list) {
    ImmutableList.Builder<Object> rewritten = ImmutableList.builder();
    boolean changed = false;
    for (Object item : list) {
      Object other = rewriteAny(item);
      changed |= other != item;
      rewritten.add(other);
    }
    return same(list, changed, rewritten.build());
  }

  private Object persistentMap(PMap<?, ?> map) {
    @SuppressWarnings("unchecked")
    PMap<Object, @Nullable Object> rewritten = (PMap<Object, @Nullable Object>) map;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object key = rewriteAny(entry.getKey());
      Object value = rewriteAny(entry.getValue());
      if (!key.equals(entry.getKey())) {
        rewritten = rewritten.minus(entry.getKey()).plus(key, value);
      } else if (value != entry.getValue()) {
        rewritten = rewritten.plus(key, value);
      }
    }
    return rewritten;
  }

  /// The order of an ordered set is kept.
  private Object persistentSet(PSet<?> set) {
    ImmutableList<Object> rewritten =
        set.stream().map(this::rewriteAny).collect(ImmutableList.toImmutableList());
    if (rewritten.equals(ImmutableList.copyOf(set))) {
      return set;
    }
    @SuppressWarnings("unchecked")
    PSet<Object> from = (PSet<Object>) set;
    return from.minusAll(set).plusAll(rewritten);
  }

  private Object persistentSequence(PSequence<?> sequence) {
    @SuppressWarnings("unchecked")
    PSequence<Object> rewritten = (PSequence<Object>) sequence;
    int index = 0;
    for (Object item : sequence) {
      Object other = rewriteAny(item);
      if (other != item) {
        rewritten = rewritten.with(index, other);
      }
      index++;
    }
    return rewritten;
  }
}
