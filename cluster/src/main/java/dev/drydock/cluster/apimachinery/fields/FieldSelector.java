package dev.drydock.cluster.apimachinery.fields;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.Map;
import java.util.Optional;

/// A field selector: `status.phase=Running,metadata.name!=a`. Models apimachinery/pkg/fields.
public record FieldSelector(ImmutableList<Term> terms) {
  public static final FieldSelector EVERYTHING = new FieldSelector(ImmutableList.of());

  /// One comparison of a field with a value.
  public record Term(String field, boolean equal, String value) {}

  /// @throws IllegalArgumentException in upstream's words, when the text is not a selector
  public static FieldSelector parse(String text) {
    ImmutableList.Builder<Term> terms = ImmutableList.builder();
    for (String term : Splitter.on(',').omitEmptyStrings().split(text)) {
      terms.add(term(text, term));
    }
    return new FieldSelector(terms.build());
  }

  private static Term term(String selector, String term) {
    for (String operator : new String[] {"!=", "==", "="}) {
      int at = term.indexOf(operator);
      if (at >= 0) {
        return new Term(
            term.substring(0, at), !operator.equals("!="), term.substring(at + operator.length()));
      }
    }
    throw new IllegalArgumentException(
        "invalid selector: '%s'; can't understand '%s'".formatted(selector, term));
  }

  public boolean matches(Map<String, String> fields) {
    return terms.stream()
        .allMatch(
            term -> term.equal() == fields.getOrDefault(term.field(), "").equals(term.value()));
  }

  /// The value a field must have, if the selector says so.
  public Optional<String> requires(String field) {
    return terms.stream()
        .filter(term -> term.equal() && term.field().equals(field))
        .map(Term::value)
        .findFirst();
  }
}
