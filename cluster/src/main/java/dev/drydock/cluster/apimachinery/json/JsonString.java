package dev.drydock.cluster.apimachinery.json;

/// A JSON string.
public record JsonString(String value) implements Json {}
