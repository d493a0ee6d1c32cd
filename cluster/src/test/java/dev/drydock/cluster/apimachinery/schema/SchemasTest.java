package dev.drydock.cluster.apimachinery.schema;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.schema.TypeSchema.ListType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.MapType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.Scalar;
import org.junit.jupiter.api.Test;

class SchemasTest {
  private static final String CORE = "io.k8s.api.core.v1.";

  private static FieldSchema field(String type, String name) {
    return requireNonNull(Schemas.named(type).field(name), name);
  }

  @Test
  void knowsTheTypeOfEveryStoredKind() {
    assertThat(ResourceTable.builtIn().resources())
        .filteredOn(ApiResource::stored)
        .allSatisfy(
            resource ->
                assertThat(Schemas.of(resource.groupVersionKind()))
                    .as(resource.toString())
                    .extracting(ObjectType::shortName)
                    .isEqualTo(resource.kind()));
  }

  @Test
  void knowsNothingOfAKindThatIsNotBuiltIn() {
    assertThat(Schemas.of(new GroupVersionKind("example.com", "v1", "Boat"))).isNull();
  }

  @Test
  void typesFields() {
    assertThat(field(CORE + "Pod", "spec").type()).isSameAs(Schemas.named(CORE + "PodSpec"));
    assertThat(field(CORE + "PodSpec", "containers").type())
        .isEqualTo(new ListType(Schemas.named(CORE + "Container")));
    assertThat(field(CORE + "ResourceRequirements", "limits").type())
        .isEqualTo(new MapType(Scalar.QUANTITY));
    assertThat(field(CORE + "Secret", "data").type()).isEqualTo(new MapType(Scalar.BYTES));
    assertThat(field(CORE + "HTTPGetAction", "port").type()).isEqualTo(Scalar.INT_OR_STRING);
    assertThat(field("io.k8s.api.coordination.v1.LeaseSpec", "renewTime").type())
        .isEqualTo(Scalar.MICRO_TIME);
    assertThat(field("io.k8s.api.apps.v1.ControllerRevision", "data").type()).isEqualTo(Scalar.ANY);
  }

  @Test
  void knowsWhichFieldsAreRequired() {
    assertThat(field(CORE + "ContainerPort", "containerPort").required()).isTrue();
    assertThat(field(CORE + "ContainerPort", "name").required()).isFalse();
  }

  @Test
  void knowsHowListsAndMapsMerge() {
    FieldSchema ports = field(CORE + "Container", "ports");
    assertThat(ports.mergeKey()).isEqualTo("containerPort");
    assertThat(ports.listType()).isEqualTo("map");
    assertThat(ports.listMapKeys()).containsExactly("containerPort", "protocol");
    assertThat(field(CORE + "PodSpec", "volumes").patchStrategies())
        .containsExactly("merge", "retainKeys");
    assertThat(field(CORE + "Container", "command").listType()).isEqualTo("atomic");
    assertThat(field(CORE + "ServiceSpec", "selector").mapType()).isEqualTo("atomic");
    assertThat(Schemas.named(CORE + "ObjectReference").atomic()).isTrue();
  }

  @Test
  void knowsHowGoWritesAField() {
    assertThat(field("io.k8s.api.apps.v1.DeploymentSpec", "replicas").pointer()).isTrue();
    assertThat(field(CORE + "Container", "resources").byValue()).isTrue();
    assertThat(field(CORE + "ContainerPort", "containerPort").always()).isTrue();
    assertThat(field(CORE + "Container", "imagePullPolicy").goTypeName())
        .isEqualTo("v1.PullPolicy");
    assertThat(field(CORE + "PodSpec", "containers").goTypeName()).isEqualTo("[]v1.Container");
  }

  @Test
  void describesTypesAndFields() {
    ObjectType container = Schemas.named(CORE + "Container");
    assertThat(Descriptions.of(container))
        .isEqualTo("A single application container that you want to run within a pod.");
    assertThat(Descriptions.of(container, "livenessProbe"))
        .startsWith(
            "Periodic probe of container liveness. Container will be restarted if the probe")
        .contains("More info:");
  }

  @Test
  void keepsTheParagraphsOfADescription() {
    assertThat(Descriptions.of(Schemas.named(CORE + "ResourceRequirements"), "claims"))
        .isEqualTo(
            """
            Claims lists the names of resources, defined in spec.resourceClaims, that are used by \
            this container.

            This field depends on the DynamicResourceAllocation feature gate.

            This field is immutable. It can only be set for containers.""");
  }

  @Test
  void resolvesEveryFieldOfEveryType() {
    assertThat(Schemas.builtIn().types().values())
        .allSatisfy(type -> assertThat(type.fields().values()).doesNotContainNull());
  }
}
