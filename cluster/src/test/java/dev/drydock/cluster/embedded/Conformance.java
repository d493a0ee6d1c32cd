package dev.drydock.cluster.embedded;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.FieldSchema;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import dev.drydock.cluster.apimachinery.schema.Schemas;
import dev.drydock.cluster.apimachinery.schema.TypeSchema;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ListType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.MapType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.Scalar;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.loop.Component;
import dev.drydock.cluster.registry.Strategies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Writes CONFORMANCE.md: what the embedded cluster does with each kind and field. It is told from
/// the code: which kinds have rules of their own, which components watch them, which verbs a
/// cluster answers, and which fields of a spec no acting code names. Run it with `./mvnw -pl
/// cluster test-compile exec:java -Dexec.classpathScope=test
/// -Dexec.mainClass=dev.drydock.cluster.embedded.Conformance`.
final class Conformance {
  private static final Path SOURCES = Path.of("src/main/java/dev/drydock/cluster");

  /// Rooms whose code checks, fills or shows fields but does nothing because of them.
  private static final ImmutableSet<String> NOT_ACTING =
      ImmutableSet.of("registry", "printers", "apimachinery");

  /// Rooms within those that act all the same: addresses and ports of services, deletion, custom
  /// resources, versions.
  private static final ImmutableSet<String> ACTING =
      ImmutableSet.of(
          "registry/core/service",
          "registry/rest",
          "registry/Conversions",
          "registry/autoscaling",
          "registry/apiextensions",
          "apimachinery/structural");

  private static final String ABSENT =
      """

      ## Absent

      | what | why |
      |---|---|
      | resources and versions that are off by default (alpha, beta) | discovery is that of a plain 1.36 |
      | calls of admission, conversion and authentication webhooks | nothing runs that could answer; an admission webhook fails by its failure policy, conversion is refused |
      | the effect of mutating admission policies | their expressions build objects; they are stored |
      | typing of CEL in policies and definitions before it runs | a field that does not exist fails when it is read |
      | OpenAPI v2 as protobuf | an empty document; clients since 1.27 read v3 |
      | audit annotations | the audit log records requests, not annotations |
      | priority and fairness | requests in flight are limited instead; flow schemas are stored |
      | dynamic resource allocation, CSI, device plugins | there is no hardware; the kinds are stored |
      """;

  private static final Pattern LITERAL = Pattern.compile("\"([A-Za-z0-9.$-]+)\"");

  private static final int DEPTH_MAX = 5;

  /// Kinds that have rules of their own, but after which nothing acts, with the reason.
  private static final ImmutableMap<String, String> WITHOUT_EFFECT =
      ImmutableMap.<String, String>builder()
          .put("networkpolicies.networking.k8s.io", "the pod network filters nothing")
          .put(
              "ingresses.networking.k8s.io", "no ingress controller runs, as in a new kind cluster")
          .put("ingressclasses.networking.k8s.io", "as ingresses; the default class is filled in")
          .put("podtemplates", "nothing uses them upstream either")
          .put(
              "runtimeclasses.node.k8s.io",
              "overhead and node selector apply; every handler runs the same containers")
          .put("csidrivers.storage.k8s.io", "there are no CSI drivers")
          .put(
              "mutatingwebhookconfigurations.admissionregistration.k8s.io",
              "no server answers; calls fail by their failure policy")
          .put(
              "validatingwebhookconfigurations.admissionregistration.k8s.io",
              "no server answers; calls fail by their failure policy")
          .build();

  private final List<Component<?>> components;
  private final EmbeddedCluster cluster;
  private final Set<String> acted;

  private Conformance(List<Component<?>> components, EmbeddedCluster cluster, Set<String> acted) {
    this.components = components;
    this.cluster = cluster;
    this.acted = acted;
  }

  public static void main(String[] args) throws IOException {
    Files.writeString(file(), text());
  }

  static Path file() {
    return Path.of("..", "CONFORMANCE.md");
  }

  static String text() throws IOException {
    ClusterOptions options =
        ClusterOptions.named("kuar", ClockKind.VIRTUAL, Instant.parse("2026-11-01T09:00:00Z"), 1);
    try (EmbeddedCluster cluster = EmbeddedCluster.create(options)) {
      return new Conformance(
              Components.of(options, new Manifests(options)), cluster, namedByActingCode())
          .document();
    }
  }

  /// Every word that acting code has as a literal: the fields it can know.
  private static Set<String> namedByActingCode() throws IOException {
    Set<String> names = new HashSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        if (acts(SOURCES.relativize(file).toString().replace('\\', '/'))) {
          Matcher literals = LITERAL.matcher(Files.readString(file));
          while (literals.find()) {
            names.addAll(List.of(literals.group(1).split("\\.")));
          }
        }
      }
    }
    return names;
  }

  private static boolean acts(String file) {
    return ACTING.stream().anyMatch(file::startsWith)
        || NOT_ACTING.stream().noneMatch(room -> file.startsWith(room + "/"));
  }

  private String document() {
    StringBuilder text =
        new StringBuilder(
            """
            # How faithful the embedded cluster is

            Generated from the code by `Conformance` (cluster module); a test holds it current. The measure is
            Kubernetes 1.36.

            - **works**: defaults, validation and messages of its own, and something acts on it.
            - **checked**: defaults, validation and messages of its own, but nothing acts on it.
            - **stored**: every verb works and its fields are checked for their types; no rules of its own.
            - **answered**: computed when asked for, never stored.

            What acts is told by the components that watch a kind; others (admission, authorization, kubelets
            reading configuration) look it up when they need it. A field is *without effect* when no code outside of
            defaulting, validation and printing names it: it is kept, checked and shown, and changes nothing.

            | resource | group and version | verbs | state | watched by | remarks |
            |---|---|---|---|---|---|
            """);
    for (ApiResource resource : ResourceTable.builtIn().resources()) {
      text.append(row(resource)).append('\n');
    }
    text.append("\n## Fields without effect\n\n| kind | fields |\n|---|---|\n");
    for (ApiResource resource : ResourceTable.builtIn().resources()) {
      Set<String> fields = withoutEffect(resource);
      if (!fields.isEmpty()) {
        text.append(
            "| %s | %s |%n"
                .formatted(
                    resource.kind(),
                    fields.stream().map(f -> "`" + f + "`").collect(joining(", "))));
      }
    }
    text.append(ABSENT);
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  private String row(ApiResource resource) {
    String subresources =
        resource.subresources().stream().map(ApiResource.Subresource::name).collect(joining(", "));
    return "| %s%s | %s | %s | %s | %s | %s |"
        .formatted(
            resource.plural(),
            subresources.isEmpty() ? "" : " (" + subresources + ")",
            resource.groupVersion(),
            verbs(resource),
            state(resource),
            String.join(", ", watchers(resource.groupResource())),
            WITHOUT_EFFECT.getOrDefault(resource.groupResource(), ""));
  }

  /// The verbs of discovery; that listing is answered is tried, not believed.
  private String verbs(ApiResource resource) {
    if (!resource.allows("list")) {
      return String.join(" ", resource.verbs());
    }
    int status =
        cluster
            .request(ApiRequest.get(resource.groupVersion().path() + "/" + resource.plural()))
            .status();
    if (status != 200) {
      throw new IllegalStateException(resource.plural() + " cannot be listed: " + status);
    }
    return resource.verbs().equals(ApiResource.ALL_VERBS)
        ? "all"
        : String.join(" ", resource.verbs());
  }

  private static boolean hasOwnRules(ApiResource resource) {
    return !Strategies.of(resource.groupResource()).getClass().isAnonymousClass();
  }

  private static String state(ApiResource resource) {
    if (!resource.stored()) {
      return "answered";
    }
    if (!hasOwnRules(resource)) {
      return "stored";
    }
    return WITHOUT_EFFECT.containsKey(resource.groupResource()) ? "checked" : "works";
  }

  private Set<String> watchers(String resource) {
    Set<String> names = new TreeSet<>();
    for (Component<?> component : components) {
      if (component.watches(resource) && !component.watches("no.such.resource")) {
        names.add(component.name().replaceFirst("/.*", ""));
      }
    }
    return names;
  }

  private Set<String> withoutEffect(ApiResource resource) {
    Set<String> fields = new TreeSet<>();
    ObjectType type = Schemas.of(resource.groupVersionKind());
    if (type == null || !state(resource).equals("works")) {
      return fields;
    }
    FieldSchema spec = type.field("spec");
    if (spec != null) {
      collect(spec.type(), "spec", new ArrayList<>(), fields);
    }
    return fields;
  }

  private void collect(TypeSchema type, String path, List<String> within, Set<String> fields) {
    switch (type) {
      case Scalar _ -> {}
      case ListType(TypeSchema items) -> collect(items, path, within, fields);
      case MapType(TypeSchema values) -> collect(values, path, within, fields);
      case ObjectType object -> {
        boolean template =
            object.shortName().equals("PodTemplateSpec") || object.shortName().equals("ObjectMeta");
        if (template || within.contains(object.name()) || within.size() > DEPTH_MAX) {
          return;
        }
        within.add(object.name());
        for (FieldSchema field : object.fields().values()) {
          String below = path + "." + field.name();
          if (acted.contains(field.name())) {
            collect(field.type(), below, within, fields);
          } else {
            fields.add(below);
          }
        }
        within.remove(object.name());
      }
    }
  }
}
