package dev.drydock.cluster.registry.apiextensions.customresource;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.Decoder;
import dev.drydock.cluster.apimachinery.schema.Decoder.Decoded;
import dev.drydock.cluster.apimachinery.schema.DecodingException;
import dev.drydock.cluster.apimachinery.schema.Schemas;
import dev.drydock.cluster.apimachinery.structural.DefaultValues;
import dev.drydock.cluster.apimachinery.structural.Pruning;
import dev.drydock.cluster.apimachinery.structural.StructuralSchema;
import dev.drydock.cluster.registry.rest.ObjectDecoder;
import java.util.LinkedHashSet;
import java.util.Set;

/// Reads a custom resource: its metadata as every object's, the rest by its schema, without what
/// the schema does not know and with its defaults. Models schemaCoercingDecoder.
record CustomResourceDecoder(StructuralSchema schema) implements ObjectDecoder {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

  @Override
  public Decoded decode(JsonObject tree, Set<String> duplicates) throws DecodingException {
    ImmutableList.Builder<String> problems = ImmutableList.builder();
    duplicates.forEach(path -> problems.add("duplicate field \"" + path + "\""));
    JsonObject object = tree;
    if (tree.get("metadata") instanceof JsonObject metadata) {
      Decoded decoded = Decoder.decode(Schemas.named(META), metadata, ImmutableSet.of());
      decoded
          .strictErrors()
          .forEach(problem -> problems.add(problem.replace("field \"", "field \"metadata.")));
      object = tree.with("metadata", decoded.object());
    }
    Set<String> dropped = new LinkedHashSet<>();
    JsonObject pruned = Pruning.prune(schema, object, dropped);
    dropped.forEach(path -> problems.add("unknown field \"" + path + "\""));
    return new Decoded(DefaultValues.fillIn(schema, pruned), problems.build());
  }
}
