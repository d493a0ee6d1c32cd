/// The pod security standards, as labels of a namespace ask for them.
@NullMarked
package dev.drydock.cluster.admission.plugin.podsecurity;

import org.jspecify.annotations.NullMarked;
