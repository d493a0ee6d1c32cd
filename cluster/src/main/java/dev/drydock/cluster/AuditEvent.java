package dev.drydock.cluster;

import java.time.Instant;

/// One request that reached the API server, as the audit log remembers it.
///
/// Models the fields of `audit.k8s.io/v1 Event` that checks ask for.
///
/// @param kubectlCommand the `Kubectl-Command` header, such as `kubectl apply`; empty for other
///   clients
/// @param name empty for lists and creations with a generated name
public record AuditEvent(
    Instant time,
    String user,
    String userAgent,
    String kubectlCommand,
    String verb,
    String apiGroup,
    String apiVersion,
    String resource,
    String subresource,
    String namespace,
    String name,
    String requestUri,
    int status) {}
