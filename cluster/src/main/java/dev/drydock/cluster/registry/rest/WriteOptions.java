package dev.drydock.cluster.registry.rest;

/// What a write request asks for beside the object. Models CreateOptions, UpdateOptions,
/// PatchOptions.
///
/// @param fieldManager who is to own the fields; never empty
/// @param applied whether the object comes from server-side apply, which has kept account already
public record WriteOptions(boolean dryRun, String fieldManager, boolean applied) {

  public WriteOptions(boolean dryRun, String fieldManager) {
    this(dryRun, fieldManager, false);
  }

  public WriteOptions asApplied() {
    return new WriteOptions(dryRun, fieldManager, true);
  }
}
