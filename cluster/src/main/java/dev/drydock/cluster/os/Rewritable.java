package dev.drydock.cluster.os;

import java.util.function.UnaryOperator;

/// A value that is no record and yet can be taken apart and put together again.
public interface Rewritable {

  /// The value with what it holds replaced; itself when nothing in it changes.
  Object rewritten(UnaryOperator<Object> change);
}
