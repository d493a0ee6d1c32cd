package dev.drydock.cluster.scheduler.framework;

import com.google.common.collect.ImmutableList;

/// What a plugin says of a pod on a node. Models framework.Status.
///
/// @param reasons in the words of FailedScheduling; empty on success
public record Status(Code code, ImmutableList<String> reasons) {
  /// How bad it is.
  public enum Code {
    SUCCESS,
    /// Taking other pods away may help.
    UNSCHEDULABLE,
    /// Taking other pods away does not help.
    UNSCHEDULABLE_AND_UNRESOLVABLE
  }

  public static final Status SUCCESS = new Status(Code.SUCCESS, ImmutableList.of());

  public static Status unschedulable(String... reasons) {
    return new Status(Code.UNSCHEDULABLE, ImmutableList.copyOf(reasons));
  }

  public static Status unresolvable(String... reasons) {
    return new Status(Code.UNSCHEDULABLE_AND_UNRESOLVABLE, ImmutableList.copyOf(reasons));
  }

  public boolean isSuccess() {
    return code == Code.SUCCESS;
  }
}
