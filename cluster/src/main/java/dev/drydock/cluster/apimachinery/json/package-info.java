/// JSON as immutable trees with structural sharing, their parsers (JSON and YAML, with positions)
/// and their writer.
@NullMarked
package dev.drydock.cluster.apimachinery.json;

import org.jspecify.annotations.NullMarked;
