package dev.drydock.cluster.registry.admissionregistration.validatingadmissionpolicy;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.admission.policy.PolicyCompiler;
import dev.drydock.cluster.admission.policy.PolicyCompiler.CompilationException;
import dev.drydock.cluster.admission.policy.PolicyExpression;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.registry.admissionregistration.MatchResources;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Checks a policy, its expressions included. Models validateValidatingAdmissionPolicySpec of
/// pkg/apis/admissionregistration/validation.
final class PolicyValidation {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final ImmutableList<String> FAILURE_POLICIES = ImmutableList.of("Fail", "Ignore");
  private static final ImmutableList<String> REASONS =
      ImmutableList.of("Forbidden", "Invalid", "RequestEntityTooLarge");
  private static final int CONDITIONS_MAX = 64;
  private static final int ANNOTATIONS_MAX = 20;
  private static final int VALUE_EXPRESSION_MAX = 5 * 1024;
  private static final Pattern IDENTIFIER = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");
  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private final JsonObject policy;
  private final JsonObject spec;
  private final FieldErrors errors;
  private final PolicyCompiler compiler;

  PolicyValidation(JsonObject policy, FieldErrors errors) {
    this.policy = policy;
    this.spec = policy.object("spec");
    this.errors = errors;
    this.compiler = new PolicyCompiler(spec.has("paramKind"));
  }

  void validate() {
    String failurePolicy = spec.string("failurePolicy");
    if (!FAILURE_POLICIES.contains(failurePolicy)) {
      errors.notSupported(SPEC.child("failurePolicy"), failurePolicy, FAILURE_POLICIES);
    }
    if (spec.has("paramKind")) {
      validateParamKind(spec.object("paramKind"), SPEC.child("paramKind"));
    }
    validateConstraints();
    validateConditions(spec.array("matchConditions"), SPEC.child("matchConditions"));
    Elements.each(spec.array("variables"), SPEC.child("variables"), this::validateVariable);
    if (spec.array("validations").isEmpty() && spec.array("auditAnnotations").isEmpty()) {
      String detail = "validations or auditAnnotations must contain at least one item";
      errors.required(SPEC.child("validations"), detail);
      errors.required(SPEC.child("auditAnnotations"), detail);
      return;
    }
    Elements.each(spec.array("validations"), SPEC.child("validations"), this::validateValidation);
    validateAnnotations(spec.array("auditAnnotations"), SPEC.child("auditAnnotations"));
  }

  private void validateConstraints() {
    FieldPath path = SPEC.child("matchConstraints");
    if (!spec.has("matchConstraints")) {
      errors.required(path, "");
      return;
    }
    MatchResources.validate(spec.object("matchConstraints"), path, errors);
    if (spec.array("matchConstraints", "resourceRules").isEmpty()) {
      errors.required(path.child("resourceRules"), "");
    }
  }

  private void validateParamKind(JsonObject kind, FieldPath path) {
    String apiVersion = kind.string("apiVersion");
    if (apiVersion.isEmpty()) {
      errors.required(path.child("apiVersion"), "");
    } else if (apiVersion.chars().filter(c -> c == '/').count() > 1) {
      errors.invalid(
          path.child("apiVersion"), apiVersion, "unexpected GroupVersion string: " + apiVersion);
    }
    String word = kind.string("kind");
    ImmutableList<String> wrong = Names.dns1035Label(word.toLowerCase(Locale.ROOT));
    if (word.isEmpty()) {
      errors.required(path.child("kind"), "");
    } else if (!wrong.isEmpty()) {
      errors.invalid(
          path.child("kind"),
          word,
          "may have mixed case, but should otherwise match: " + String.join(",", wrong));
    }
  }

  private void validateConditions(JsonArray conditions, FieldPath path) {
    if (conditions.size() > CONDITIONS_MAX) {
      errors.tooMany(path, conditions.size(), CONDITIONS_MAX);
    }
    Set<String> names = new HashSet<>();
    Elements.each(
        conditions,
        path,
        (condition, at) -> {
          String expression = condition.string("expression").strip();
          if (expression.isEmpty()) {
            errors.required(at.child("expression"), "");
          } else {
            compile(
                () -> new PolicyCompiler(spec.has("paramKind")).condition(expression),
                expression,
                at.child("expression"));
          }
          validateConditionName(condition.string("name"), at.child("name"), names);
        });
  }

  private void validateConditionName(String name, FieldPath path, Set<String> names) {
    if (name.isEmpty()) {
      errors.required(path, "");
      return;
    }
    errors.invalid(path, name, Names.qualifiedName(name));
    if (!names.add(name)) {
      errors.duplicate(path, Json.of(name));
    }
  }

  private void validateVariable(JsonObject variable, FieldPath path) {
    String name = variable.string("name");
    if (name.isBlank()) {
      errors.required(path.child("name"), "name is not specified");
    } else if (!IDENTIFIER.matcher(name).matches() || RESERVED.contains(name)) {
      errors.invalid(path.child("name"), name, "name is not a valid CEL identifier");
      return;
    }
    String expression = variable.string("expression");
    if (expression.isBlank()) {
      errors.required(path.child("expression"), "expression is not specified");
    } else if (!compile(
        () -> compiler.variable(name, expression), expression, path.child("expression"))) {
      compiler.unknown(name);
    }
  }

  private void validateValidation(JsonObject validation, FieldPath path) {
    String expression = validation.string("expression");
    if (expression.isBlank()) {
      errors.required(path.child("expression"), "expression is not specified");
    } else {
      compile(() -> compiler.condition(expression), expression, path.child("expression"));
    }
    String messageExpression = validation.string("messageExpression");
    FieldPath messagePath = path.child("messageExpression");
    if (!messageExpression.isEmpty() && messageExpression.isBlank()) {
      errors.invalid(messagePath, messageExpression, "must be non-empty if specified");
    } else if (!messageExpression.isEmpty()) {
      compile(() -> compiler.message(messageExpression), messageExpression, messagePath);
    }
    String message = validation.string("message");
    if (!message.isEmpty() && message.isBlank()) {
      errors.invalid(path.child("message"), message, "message must be non-empty if specified");
    } else if (message.strip().contains("\n") || message.strip().contains("\r")) {
      errors.invalid(path.child("message"), message, "message must not contain line breaks");
    }
    String reason = validation.string("reason");
    if (!reason.isEmpty() && !REASONS.contains(reason)) {
      errors.notSupported(path.child("reason"), reason, REASONS);
    }
  }

  private void validateAnnotations(JsonArray annotations, FieldPath path) {
    if (annotations.size() > ANNOTATIONS_MAX) {
      errors.invalid(
          path,
          annotations,
          "must not have more than %d auditAnnotations".formatted(ANNOTATIONS_MAX));
    }
    Set<String> keys = new HashSet<>();
    Elements.each(
        annotations,
        path,
        (annotation, at) -> {
          String key = annotation.string("key");
          String qualified = ObjectMeta.name(policy) + "/" + key;
          errors.invalid(at.child("key"), qualified, Names.qualifiedName(qualified));
          validateValue(annotation.string("valueExpression"), at.child("valueExpression"));
          if (!keys.add(key)) {
            errors.duplicate(at.child("key"), Json.of(key));
          }
        });
  }

  private void validateValue(String expression, FieldPath path) {
    if (expression.isBlank()) {
      errors.required(path, "valueExpression is not specified");
    } else if (expression.strip().length() > VALUE_EXPRESSION_MAX) {
      errors.required(path, "must not exceed %d bytes in length".formatted(VALUE_EXPRESSION_MAX));
    } else {
      compile(() -> compiler.annotation(expression.strip()), expression, path);
    }
  }

  /// Compiles something.
  private interface Compilation {
    PolicyExpression run() throws CompilationException;
  }

  private boolean compile(Compilation compilation, String expression, FieldPath path) {
    try {
      PolicyExpression _ = compilation.run();
      return true;
    } catch (CompilationException e) {
      errors.invalid(path, expression, e.text());
      return false;
    }
  }
}
