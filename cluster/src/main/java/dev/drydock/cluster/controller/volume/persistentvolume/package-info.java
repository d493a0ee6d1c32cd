/// Binds claims to volumes and takes volumes back.
@NullMarked
package dev.drydock.cluster.controller.volume.persistentvolume;

import org.jspecify.annotations.NullMarked;
