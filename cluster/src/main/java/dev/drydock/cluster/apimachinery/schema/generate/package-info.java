/// Run by the build: collects the facts about API types from the official client's classes, from
/// the protobuf descriptors and from two tables into the resources that `schema` and `protobuf`
/// read. The client is on the class path of the build only.
@NullMarked
package dev.drydock.cluster.apimachinery.schema.generate;

import org.jspecify.annotations.NullMarked;
