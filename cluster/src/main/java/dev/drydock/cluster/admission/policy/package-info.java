/// Admission policies: expressions about requests, compiled when a policy is written and evaluated
/// when a request matches.
@NullMarked
package dev.drydock.cluster.admission.policy;

import org.jspecify.annotations.NullMarked;
