package dev.drydock.cluster.embedded;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// How a record is taken apart and put together again.
record RecordShape(Constructor<?> constructor, Method[] accessors) {
  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return shape(type);
        }
      };

  static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  private static RecordShape shape(Class<?> type) {
    try {
      RecordComponent[] components = type.getRecordComponents();
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Method[] accessors =
          Arrays.stream(components).map(RecordComponent::getAccessor).toArray(Method[]::new);
      Arrays.stream(accessors).forEach(accessor -> accessor.setAccessible(true));
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return new RecordShape(constructor, accessors);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every record has its constructor", e);
    }
  }

  /// The record with its components changed; itself when none changes.
  Object rewrite(Record record, UnaryOperator<Object> change) {
    @Nullable Object[] values = new @Nullable Object[accessors.length];
    boolean changed = false;
    try {
      for (int i = 0; i < accessors.length; i++) {
        Object before = accessors[i].invoke(record);
        if (before != null) {
          values[i] = change.apply(before);
          changed |= isOther(before, values[i]);
        }
      }
      return changed ? constructor.newInstance(values) : record;
    } catch (IllegalAccessException | InstantiationException | InvocationTargetException e) {
      throw new IllegalStateException("cannot rewrite a " + record.getClass(), e);
    }
  }

  /// Texts and numbers are compared by what they say, since reflection wraps numbers anew.
  private static boolean isOther(Object before, @Nullable Object after) {
    return before instanceof Number || before instanceof String || before instanceof Boolean
        ? !before.equals(after)
        : before != after;
  }
}
