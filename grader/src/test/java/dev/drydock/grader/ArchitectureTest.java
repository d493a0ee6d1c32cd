package dev.drydock.grader;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

@AnalyzeClasses(
    packages = "dev.drydock.grader",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule TIME_AND_RANDOMNESS_COME_FROM_THE_CLUSTER =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callConstructor(Random.class)
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule ONLY_THE_FACTORY_KNOWS_THE_EMBEDDED_CLUSTER =
      noClasses()
          .that()
          .doNotHaveSimpleName("EmbeddedClusters")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.drydock.cluster.embedded..");

  @ArchTest
  static final ArchRule REPORTS_KNOW_NO_CLUSTER =
      noClasses()
          .that()
          .resideInAPackage("dev.drydock.grader.report..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.drydock.cluster..");
}
