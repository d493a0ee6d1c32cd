package dev.drydock.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/// The walls between the rooms of a cluster.
@AnalyzeClasses(
    packages = "dev.drydock.cluster",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class LayersTest {
  private static final String[] COMPONENTS = {
    "dev.drydock.cluster.controller..",
    "dev.drydock.cluster.scheduler..",
    "dev.drydock.cluster.kubelet..",
    "dev.drydock.cluster.proxy..",
    "dev.drydock.cluster.client.."
  };

  @ArchTest
  static final ArchRule componentsKnowTheClientAndNothingBehindIt =
      noClasses()
          .that()
          .resideInAnyPackage(COMPONENTS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.drydock.cluster.storage..",
              "dev.drydock.cluster.apiserver..",
              "dev.drydock.cluster.admission..",
              "dev.drydock.cluster.registry.rest..",
              "dev.drydock.cluster.embedded..");

  @ArchTest
  static final ArchRule componentsDoNotKnowEachOther =
      noClasses()
          .that()
          .resideInAnyPackage("dev.drydock.cluster.controller..", "dev.drydock.cluster.scheduler..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.drydock.cluster.kubelet..", "dev.drydock.cluster.cri..");

  @ArchTest
  static final ArchRule machinesKnowNothingOfKubernetes =
      noClasses()
          .that()
          .resideInAnyPackage("dev.drydock.cluster.os..", "dev.drydock.cluster.image..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.drydock.cluster.apiserver..",
              "dev.drydock.cluster.storage..",
              "dev.drydock.cluster.kubelet..",
              "dev.drydock.cluster.client..",
              "dev.drydock.cluster.loop..");

  @ArchTest
  static final ArchRule storageKnowsNothingAboveIt =
      noClasses()
          .that()
          .resideInAPackage("dev.drydock.cluster.storage..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.drydock.cluster.apiserver..",
              "dev.drydock.cluster.registry..",
              "dev.drydock.cluster.loop..",
              "dev.drydock.cluster.embedded..");

  @ArchTest
  static final ArchRule onlyTheRoomOfTimeReadsTheMachinesClock =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.drydock.cluster.time..", "dev.drydock.cluster.apimachinery.schema.generate..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule randomnessIsInjected =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.drydock.cluster.embedded.ClusterEndpoint")
          .and()
          .doNotHaveFullyQualifiedName("dev.drydock.cluster.embedded.ServingCertificate")
          .should()
          .callConstructor(Random.class)
          .orShould()
          .callConstructor(SecureRandom.class)
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule noPartOfTheOfficialClientIsNeededAtRunTime =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.drydock.cluster.apimachinery.schema.generate..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.kubernetes..");

  @ArchTest
  static final ArchRule onlyTheEdgeKnowsTheWebServer =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.drydock.cluster.embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.jetty..");
}
