/// What the API is made of: groups, versions, kinds and resources, and the types of their fields.
@NullMarked
package dev.drydock.cluster.apimachinery.schema;

import org.jspecify.annotations.NullMarked;
