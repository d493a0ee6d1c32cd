package dev.drydock.cluster.apimachinery.cel;

import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;

/// CEL as Kubernetes has it: standard functions and macros, the extensions that upstream switches
/// on, and its own functions for quantities, URLs, addresses, versions, formats, text and lists.
///
/// Models apiserver/pkg/cel/environment.
public final class CelEnvironment {
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .comprehensionMaxIterations(100_000)
          .build();

  private CelEnvironment() {}

  /// An environment without variables.
  ///
  /// @param more functions beyond Kubernetes' own
  public static CelBuilder builder(CelLibrary... more) {
    CelBuilder builder =
        CelFactory.plannerCelBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addCompilerLibraries(
                CelExtensions.strings(),
                CelExtensions.optional(),
                CelExtensions.bindings(),
                CelExtensions.lists(),
                CelExtensions.math(),
                CelExtensions.sets(OPTIONS),
                CelExtensions.comprehensions())
            .addRuntimeLibraries(
                CelExtensions.strings(),
                CelExtensions.optional(),
                CelExtensions.lists(),
                CelExtensions.math(),
                CelExtensions.sets(OPTIONS),
                CelExtensions.comprehensions());
    CelLibrary all = new CelLibrary();
    all.addAll(QuantityLibrary.library());
    all.addAll(UrlLibrary.library());
    all.addAll(NetworkLibrary.library());
    all.addAll(TextLibrary.library());
    all.addAll(ListsLibrary.library());
    all.addAll(SemverLibrary.library());
    all.addAll(FormatLibrary.library());
    for (CelLibrary library : more) {
      all.addAll(library);
    }
    all.addTo(builder);
    return builder;
  }
}
