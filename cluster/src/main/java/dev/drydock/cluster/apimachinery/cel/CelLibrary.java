package dev.drydock.cluster.apimachinery.cel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.errorprone.annotations.Immutable;
import dev.cel.bundle.CelBuilder;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A set of CEL functions: each overload declared and bound in one place.
public final class CelLibrary {
  private final Map<String, ImmutableListMultimap.Builder<CelOverloadDecl, CelFunctionBinding>>
      functions = new LinkedHashMap<>();

  /// The body of a function. The arguments have the declared types; a thrown
  /// IllegalArgumentException becomes the evaluation's error.
  @FunctionalInterface
  @Immutable
  public interface Body {
    Object call(Object[] arguments);
  }

  /// A function called as `name(a, b)`.
  public CelLibrary function(
      String name, String overload, CelType result, Body body, CelType... types) {
    return add(name, CelOverloadDecl.newGlobalOverload(overload, result, types), body);
  }

  /// A function called as `a.name(b)`; the first type is the receiver's.
  public CelLibrary member(
      String name, String overload, CelType result, Body body, CelType... types) {
    return add(name, CelOverloadDecl.newMemberOverload(overload, result, types), body);
  }

  private CelLibrary add(String name, CelOverloadDecl overload, Body body) {
    CelFunctionBinding binding = binding(overload, body);
    functions.computeIfAbsent(name, _ -> ImmutableListMultimap.builder()).put(overload, binding);
    return this;
  }

  /// One and two arguments have bindings of their own: the evaluator calls no others when it has to
  /// choose an overload by the values.
  private static CelFunctionBinding binding(CelOverloadDecl overload, Body body) {
    String id = overload.overloadId();
    List<Class<?>> types =
        overload.parameterTypes().stream().<Class<?>>map(JavaTypes::classOf).toList();
    return switch (types.size()) {
      case 0 -> CelFunctionBinding.from(id, types, _ -> body.call(new Object[0]));
      case 1 -> CelFunctionBinding.from(id, types.get(0), a -> body.call(new Object[] {a}));
      case 2 ->
          CelFunctionBinding.from(
              id, types.get(0), types.get(1), (a, b) -> body.call(new Object[] {a, b}));
      default -> CelFunctionBinding.from(id, types, body::call);
    };
  }

  /// Takes in the functions of another library; overloads of one name become one function.
  void addAll(CelLibrary other) {
    other.functions.forEach(
        (name, overloads) ->
            functions
                .computeIfAbsent(name, _ -> ImmutableListMultimap.builder())
                .putAll(overloads.build()));
  }

  void addTo(CelBuilder builder) {
    functions.forEach(
        (name, collected) -> {
          ImmutableListMultimap<CelOverloadDecl, CelFunctionBinding> overloads = collected.build();
          builder.addFunctionDeclarations(
              CelFunctionDecl.newFunctionDeclaration(
                  name, ImmutableList.copyOf(overloads.keySet())));
          builder.addFunctionBindings(CelFunctionBinding.fromOverloads(name, overloads.values()));
        });
  }
}
