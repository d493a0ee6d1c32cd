package dev.drydock.server;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/// The server's rooms: HTTP knows them all, and none of them knows HTTP.
@AnalyzeClasses(packages = "dev.drydock.server", importOptions = DoNotIncludeTests.class)
final class LayersTest {

  @ArchTest
  static final ArchRule roomsKnowOnlyWhatTheyNeed =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("http")
          .definedBy("dev.drydock.server.http..")
          .layer("pages")
          .definedBy("dev.drydock.server.pages..")
          .layer("content")
          .definedBy("dev.drydock.server.content..")
          .layer("exercise")
          .definedBy("dev.drydock.server.exercise..")
          .layer("terminal")
          .definedBy("dev.drydock.server.terminal..")
          .layer("cluster")
          .definedBy("dev.drydock.server.cluster..")
          .layer("learner")
          .definedBy("dev.drydock.server.learner..")
          .whereLayer("http")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("pages")
          .mayOnlyBeAccessedByLayers("http")
          .whereLayer("content")
          .mayOnlyBeAccessedByLayers("http")
          .whereLayer("exercise")
          .mayOnlyBeAccessedByLayers("http")
          .whereLayer("terminal")
          .mayOnlyBeAccessedByLayers("http")
          .whereLayer("cluster")
          .mayOnlyBeAccessedByLayers("http")
          .whereLayer("learner")
          .mayOnlyBeAccessedByLayers("http", "cluster", "terminal");

  @ArchTest
  static final ArchRule onlyHttpKnowsJavalin =
      ArchRuleDefinition.noClasses()
          .that()
          .resideOutsideOfPackages("dev.drydock.server", "dev.drydock.server.http..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.javalin..");
}
