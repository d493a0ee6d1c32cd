package dev.drydock.cluster.registry.rest;

/// What a write request asks for beside the object. Models CreateOptions, UpdateOptions,
/// PatchOptions.
///
/// @param fieldManager who is to own the fields; never empty
public record WriteOptions(boolean dryRun, String fieldManager) {}
