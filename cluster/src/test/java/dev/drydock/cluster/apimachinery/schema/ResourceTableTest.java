package dev.drydock.cluster.apimachinery.schema;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.schema.ApiResource.Subresource;
import org.junit.jupiter.api.Test;

class ResourceTableTest {
  private final ResourceTable table = ResourceTable.builtIn();

  @Test
  void findsAResourceByItsPluralAndItsKind() {
    ApiResource pods = requireNonNull(table.find(GroupVersion.CORE.resource("pods")));
    assertThat(pods).isSameAs(table.find(GroupVersion.CORE.kind("Pod")));
    assertThat(pods.namespaced()).isTrue();
    assertThat(pods.listKind()).isEqualTo("PodList");
    assertThat(pods.verbs()).isEqualTo(ApiResource.ALL_VERBS);
  }

  @Test
  void findsAResourceByItsShortNameInThePreferredVersion() {
    assertThat(table.find("autoscaling", "hpa"))
        .hasValueSatisfying(hpa -> assertThat(hpa.groupVersion()).hasToString("autoscaling/v2"));
    assertThat(table.find("apps", "po")).isEmpty();
  }

  @Test
  void givesASubresourceItsOwnKindAndVerbs() {
    ApiResource pods = requireNonNull(table.find(GroupVersion.CORE.resource("pods")));
    assertThat(pods.subresource("eviction"))
        .isEqualTo(
            new Subresource(
                "eviction",
                new GroupVersionKind("policy", "v1", "Eviction"),
                ImmutableList.of("create")));
    assertThat(pods.subresource("nosuch")).isNull();
  }

  @Test
  void putsMoreResourcesAfterItsOwn() {
    GroupVersion group = GroupVersion.parse("example.com/v1");
    ApiResource boats =
        new ApiResource(
            group,
            "boats",
            "boat",
            "Boat",
            true,
            ApiResource.ALL_VERBS,
            ImmutableList.of(),
            ImmutableList.of(),
            ImmutableList.of());
    ResourceTable more = table.plus(ImmutableList.of(boats));
    assertThat(more.find(group.resource("boats"))).isEqualTo(boats);
    assertThat(more.of(group)).containsExactly(boats);
    assertThat(table.of(group)).isEmpty();
  }
}
