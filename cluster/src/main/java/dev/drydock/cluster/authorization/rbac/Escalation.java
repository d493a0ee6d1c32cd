package dev.drydock.cluster.authorization.rbac;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.authentication.UserInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Whether somebody would grant what they may not do themselves.
///
/// Models ConfirmNoEscalation in pkg/registry/rbac/validation and Covers in
/// component-helpers/auth/rbac/validation.
public final class Escalation {

  /// A rule that allows one thing; an empty list where the rule says nothing.
  private record Grant(
      List<String> groups,
      List<String> resources,
      List<String> urls,
      List<String> names,
      List<String> verbs) {

    /// A rule as it is, however much it allows.
    static Grant of(JsonObject rule) {
      return new Grant(
          rule.array("apiGroups").strings().toList(),
          rule.array("resources").strings().toList(),
          rule.array("nonResourceURLs").strings().toList(),
          rule.array("resourceNames").strings().toList(),
          rule.array("verbs").strings().toList());
    }

    List<Grant> parts() {
      List<Grant> parts = new ArrayList<>();
      for (String group : groups) {
        for (String resource : resources) {
          for (String verb : verbs) {
            Grant part = resource(group, resource, ImmutableList.of(), verb);
            if (names.isEmpty()) {
              parts.add(part);
            }
            names.forEach(name -> parts.add(resource(group, resource, List.of(name), verb)));
          }
        }
      }
      for (String url : urls) {
        for (String verb : verbs) {
          parts.add(new Grant(List.of(), List.of(), List.of(url), List.of(), List.of(verb)));
        }
      }
      return parts;
    }

    private static Grant resource(String group, String resource, List<String> names, String verb) {
      return new Grant(List.of(group), List.of(resource), List.of(), names, List.of(verb));
    }

    boolean covers(Grant part) {
      boolean named = names.isEmpty() || !part.names().isEmpty() && names.containsAll(part.names());
      return named
          && hasAll(verbs, part.verbs())
          && hasAll(groups, part.groups())
          && part.resources().stream().allMatch(this::coversResource)
          && part.urls().stream().allMatch(this::coversUrl);
    }

    private static boolean hasAll(List<String> words, List<String> wanted) {
      return words.contains("*") || words.containsAll(wanted);
    }

    private boolean coversResource(String resource) {
      int slash = resource.indexOf('/');
      return resources.contains("*")
          || resources.contains(resource)
          || slash >= 0 && resources.contains("*" + resource.substring(slash));
    }

    private boolean coversUrl(String url) {
      return urls.stream()
          .anyMatch(
              own ->
                  own.equals(url)
                      || own.endsWith("*") && url.startsWith(own.substring(0, own.length() - 1)));
    }

    Grant withVerbs(List<String> more) {
      List<String> all = new ArrayList<>(verbs);
      more.stream().filter(verb -> !all.contains(verb)).forEach(all::add);
      return new Grant(groups, resources, urls, names, all);
    }

    String text() {
      List<String> parts = new ArrayList<>();
      add(parts, "APIGroups", groups);
      add(parts, "Resources", resources);
      add(parts, "NonResourceURLs", urls);
      add(parts, "ResourceNames", names);
      add(parts, "Verbs", verbs);
      return "{" + String.join(", ", parts) + "}";
    }

    private static void add(List<String> parts, String field, List<String> words) {
      if (!words.isEmpty()) {
        parts.add(field + ":" + quoted(words));
      }
    }
  }

  private Escalation() {}

  private static String quoted(List<String> words) {
    return words.stream().map(FieldErrors::quote).collect(Collectors.joining(" ", "[", "]"));
  }

  /// What is wrong with granting some rules; empty where nothing is.
  ///
  /// @param held the rules that apply to the user where they grant
  public static Optional<String> problem(
      UserInfo user, List<JsonObject> held, List<JsonObject> granted) {
    List<Grant> own = held.stream().map(Grant::of).toList();
    List<Grant> missing =
        granted.stream()
            .flatMap(rule -> Grant.of(rule).parts().stream())
            .filter(part -> own.stream().noneMatch(rule -> rule.covers(part)))
            .toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "user %s (groups=%s) is attempting to grant RBAC permissions not currently held:\n%s"
                .formatted(
                    FieldErrors.quote(user.name()), quoted(user.groups()), described(missing)));
  }

  /// Verbs on the same resource stand together.
  private static String described(List<Grant> missing) {
    Map<List<List<String>>, Grant> together = new LinkedHashMap<>();
    TreeSet<String> described = new TreeSet<>();
    for (Grant grant : missing) {
      if (grant.urls().isEmpty()) {
        together.merge(
            List.of(grant.groups(), grant.resources(), grant.names()),
            grant,
            (known, more) -> known.withVerbs(more.verbs()));
      } else {
        described.add(grant.text());
      }
    }
    together.values().forEach(grant -> described.add(grant.text()));
    return String.join("\n", described);
  }
}
