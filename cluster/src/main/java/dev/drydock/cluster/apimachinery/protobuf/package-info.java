/// Request bodies in protobuf, which kubectl sends for what it makes itself.
@NullMarked
package dev.drydock.cluster.apimachinery.protobuf;

import org.jspecify.annotations.NullMarked;
