package dev.drydock.cluster.admission.policy;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelRuntime;

/// A compiled expression.
///
/// @param variables the names of the policy's variables that it may read
public record PolicyExpression(
    String text, CelType type, CelRuntime.Program program, ImmutableSet<String> variables) {}
