package dev.drydock.grader.engine;

import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.UniqueId;

/// Runs the proofs of exercises on the JUnit Platform, for the classes marked {@link
/// ProvenExercises}.
public final class DrydockTestEngine implements TestEngine {
  public static final String ID = "drydock";

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
    return Discovery.discover(request, uniqueId, "Drydock exercises");
  }

  @Override
  public void execute(ExecutionRequest request) {
    new Execution(request.getEngineExecutionListener()).engine(request.getRootTestDescriptor());
  }
}
