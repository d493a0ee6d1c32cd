/// Gives every namespace its default service account and the cluster's root certificate.
@NullMarked
package dev.drydock.cluster.controller.serviceaccount;

import org.jspecify.annotations.NullMarked;
