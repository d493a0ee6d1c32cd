/// The provisioner of kind's `standard` storage class.
@NullMarked
package dev.drydock.cluster.controller.volume.localpath;

import org.jspecify.annotations.NullMarked;
