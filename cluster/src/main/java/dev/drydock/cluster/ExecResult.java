package dev.drydock.cluster;

/// What a command in a container printed and how it ended.
public record ExecResult(int exitCode, String stdout, String stderr) {}
