package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.Names;

/// Checks how a pod resolves names: its DNS policy and configuration and its host aliases.
///
/// Models validatePodDNSConfig and ValidateHostAliases in pkg/apis/core/validation.
final class PodDnsValidation {
  private static final ImmutableList<String> POLICIES =
      ImmutableList.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
  private static final int NAMESERVERS_MAX = 3;
  private static final int SEARCHES_MAX = 32;
  private static final int SEARCH_CHARS_MAX = 2048;

  private PodDnsValidation() {}

  static void validatePolicy(JsonObject spec, FieldPath path, FieldErrors errors) {
    Choices.required(spec, "dnsPolicy", path.child("dnsPolicy"), POLICIES, errors);
  }

  static void validateConfig(JsonObject spec, FieldPath path, FieldErrors errors) {
    JsonObject config = spec.object("dnsConfig");
    JsonArray nameservers = config.array("nameservers");
    if (spec.string("dnsPolicy").equals("None")) {
      if (!spec.has("dnsConfig")) {
        errors.required(path, "must provide `dnsConfig` when `dnsPolicy` is None");
        return;
      }
      if (nameservers.isEmpty()) {
        errors.required(
            path.child("nameservers"),
            "must provide at least one DNS nameserver when `dnsPolicy` is None");
        return;
      }
    }
    if (nameservers.size() > NAMESERVERS_MAX) {
      errors.invalid(
          path.child("nameservers"),
          nameservers,
          "must not have more than " + NAMESERVERS_MAX + " nameservers");
    }
    Elements.eachString(
        nameservers,
        path.child("nameservers"),
        (server, at) -> errors.invalid(at, server, Formats.ip(server)));
    validateSearches(config.array("searches"), path.child("searches"), errors);
    Elements.each(
        config.array("options"),
        path.child("options"),
        (option, at) -> {
          if (option.string("name").isEmpty()) {
            errors.required(at, "must not be empty");
          }
        });
  }

  private static void validateSearches(JsonArray searches, FieldPath path, FieldErrors errors) {
    if (searches.size() > SEARCHES_MAX) {
      errors.invalid(path, searches, "must not have more than " + SEARCHES_MAX + " search paths");
    }
    if (String.join(" ", searches.strings().toList()).length() > SEARCH_CHARS_MAX) {
      errors.invalid(
          path,
          searches,
          "must not have more than %d characters (including spaces) in the search list"
              .formatted(SEARCH_CHARS_MAX));
    }
    Elements.eachString(
        searches,
        path,
        (search, at) -> {
          String bare = search.endsWith(".") ? search.substring(0, search.length() - 1) : search;
          if (!search.equals(".")) {
            errors.invalid(at, bare, Formats.dns1123SubdomainWithUnderscore(bare));
          }
        });
  }

  static void validateHostAliases(JsonArray aliases, FieldPath path, FieldErrors errors) {
    Elements.each(
        aliases,
        path,
        (alias, at) -> {
          errors.invalid(at.child("ip"), alias.string("ip"), Formats.ip(alias.string("ip")));
          Elements.eachString(
              alias.array("hostnames"),
              at.child("hostnames"),
              (name, namePath) -> errors.invalid(namePath, name, Names.dns1123Subdomain(name)));
        });
  }
}
