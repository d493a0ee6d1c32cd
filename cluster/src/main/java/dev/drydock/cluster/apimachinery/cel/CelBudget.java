package dev.drydock.cluster.apimachinery.cel;

import com.google.errorprone.annotations.Immutable;
import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationListener;
import java.util.List;
import java.util.Map;

/// What evaluating expressions may cost, so that none can keep the server busy: each step costs
/// one, and reading or making text or lists costs more the longer they are. Pass it to a program's
/// `trace`; used by one thread.
///
/// Models the cost limits of apiserver/pkg/apis/cel; the unit is only about that of cel-go's.
@Immutable
@SuppressWarnings("Immutable") // a counter by nature; the interface asks for the annotation
public final class CelBudget implements CelEvaluationListener {
  /// What one expression may cost, as upstream's PerCallLimit.
  public static final long PER_CALL = 1_000_000;

  /// What all expressions of one policy and request may cost, as upstream's RuntimeCELCostBudget.
  public static final long PER_POLICY = 10_000_000;

  static final String EXCEEDED = "operation cancelled: actual cost limit exceeded";

  private static final int CHARACTERS_PER_UNIT = 10;

  private final long[] left;

  public CelBudget(long cost) {
    this.left = new long[] {cost};
  }

  /// Thrown out of an evaluation that costs too much.
  public static final class ExceededException extends RuntimeException {
    ExceededException() {
      super(EXCEEDED, null, false, false);
    }
  }

  /// Whether there is nothing left. To be asked after an evaluation too, for `||` and `&&` may
  /// swallow the error of one side.
  public boolean isExceeded() {
    return left[0] < 0;
  }

  public long left() {
    return Math.max(0, left[0]);
  }

  @Override
  public void callback(CelExpr expression, Object value) {
    left[0] -= 1 + cost(value);
    if (left[0] < 0) {
      throw new ExceededException();
    }
  }

  private static long cost(Object value) {
    return switch (value) {
      case String text -> text.length() / CHARACTERS_PER_UNIT;
      case List<?> list -> list.size() / CHARACTERS_PER_UNIT;
      case Map<?, ?> map -> map.size() / CHARACTERS_PER_UNIT;
      default -> 0;
    };
  }
}
