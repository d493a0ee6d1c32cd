/// Keeps an APIService for every group version the server has.
@NullMarked
package dev.drydock.cluster.controller.autoregister;

import org.jspecify.annotations.NullMarked;
