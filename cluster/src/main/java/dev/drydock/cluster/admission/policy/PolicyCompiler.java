package dev.drydock.cluster.admission.policy;

import com.google.common.collect.ImmutableMap;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.drydock.cluster.apimachinery.cel.CelEnvironment;
import dev.drydock.cluster.apimachinery.cel.CelErrors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// Compiles the expressions of one policy. Variables become known to the expressions after them.
///
/// Models apiserver/pkg/admission/plugin/cel; `object` and what belongs to it are not typed.
public final class PolicyCompiler {
  private static final CelType REQUEST = MapType.create(SimpleType.STRING, SimpleType.DYN);

  /// The environments without variables of a policy's own: there are only four.
  private static final Map<Inputs, Cel> ENVIRONMENTS = new ConcurrentHashMap<>();

  private final boolean hasParams;
  private final Map<String, CelType> variables = new LinkedHashMap<>();

  /// What an expression may read beyond the request.
  private record Inputs(boolean params, boolean authorizer) {}

  public PolicyCompiler(boolean hasParams) {
    this.hasParams = hasParams;
  }

  /// Compiles a variable, which what is compiled later may read.
  public PolicyExpression variable(String name, String text) throws CompilationException {
    PolicyExpression compiled = compile(text, true, List.of());
    variables.put(name, compiled.type());
    return compiled;
  }

  /// Makes a variable known that does not compile, so that only its own mistake is told.
  public void unknown(String name) {
    variables.put(name, SimpleType.DYN);
  }

  public PolicyExpression condition(String text) throws CompilationException {
    return compile(text, true, List.of(SimpleType.BOOL));
  }

  /// A message sees no authorizer.
  public PolicyExpression message(String text) throws CompilationException {
    return compile(text, false, List.of(SimpleType.STRING));
  }

  public PolicyExpression annotation(String text) throws CompilationException {
    return compile(text, true, List.of(SimpleType.STRING, SimpleType.NULL_TYPE));
  }

  private PolicyExpression compile(String text, boolean authorizer, List<CelType> types)
      throws CompilationException {
    Cel cel = environment(authorizer);
    CelValidationResult result = cel.compile(text);
    if (result.hasError()) {
      throw new CompilationException(
          "compilation failed: " + CelErrors.ofCompilation(result, text));
    }
    try {
      CelType type = result.getAst().getResultType();
      checkType(type, types);
      return new PolicyExpression(
          text, type, cel.createProgram(result.getAst()), ImmutableMap.copyOf(variables).keySet());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new CompilationException("program instantiation failed: " + e.getMessage());
    }
  }

  private static void checkType(CelType type, List<CelType> wanted) throws CompilationException {
    if (wanted.isEmpty() || wanted.contains(type)) {
      return;
    }
    List<String> names = wanted.stream().map(CelTypes::format).toList();
    throw new CompilationException(
        names.size() == 1
            ? "must evaluate to %s but got %s".formatted(names.getFirst(), CelTypes.format(type))
            : "must evaluate to one of [%s] but got %s"
                .formatted(String.join(" ", names), CelTypes.format(type)));
  }

  private Cel environment(boolean authorizer) {
    Inputs inputs = new Inputs(hasParams, authorizer);
    Cel base = ENVIRONMENTS.computeIfAbsent(inputs, PolicyCompiler::build);
    if (variables.isEmpty()) {
      return base;
    }
    CelBuilder extended = base.toCelBuilder();
    variables.forEach((name, type) -> extended.addVar("variables." + name, type));
    return extended.build();
  }

  private static Cel build(Inputs inputs) {
    CelBuilder builder = CelEnvironment.builder(AuthorizerLibrary.library());
    for (String name : Arrays.asList("object", "oldObject", "namespaceObject")) {
      builder.addVar(name, SimpleType.DYN);
    }
    builder.addVar("request", REQUEST);
    if (inputs.params()) {
      builder.addVar("params", SimpleType.DYN);
    }
    if (inputs.authorizer()) {
      builder.addVar("authorizer", AuthorizerLibrary.AUTHORIZER);
      builder.addVar("authorizer.requestResource", AuthorizerLibrary.RESOURCE);
    }
    return builder.build();
  }

  /// An expression that is not one, in upstream's words.
  public static final class CompilationException extends Exception {
    CompilationException(String message) {
      super(message);
    }

    public String text() {
      return Objects.requireNonNullElse(getMessage(), "");
    }
  }
}
