package dev.drydock.cluster.apimachinery.schema.generate;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The protobuf messages of the served groups, by full name (`k8s.io.api.core.v1.Pod`), and the
/// Java files that the client generated from them.
final class ProtoFiles {
  private static final ImmutableList<String> FILES =
      ImmutableList.copyOf(
          Splitter.on(' ')
              .split(
                  "Meta V1 V1Admissionregistration V1Apiextensions V1Apps V1Authentication"
                      + " V1Authorization V1Autoscaling V1Batch V1Certificates V1Coordination"
                      + " V1Discovery V1Events V1Flowcontrol V1Networking V1Node V1Policy V1Rbac"
                      + " V1Resource V1Scheduling V1Storage V2Autoscaling Resource IntStr Runtime"));

  private final ImmutableMap<String, Descriptor> messages;

  private ProtoFiles(ImmutableMap<String, Descriptor> messages) {
    this.messages = messages;
  }

  static ProtoFiles load() {
    Map<String, Descriptor> messages = new LinkedHashMap<>();
    for (String file : FILES) {
      for (Descriptor message : descriptor(file).getMessageTypes()) {
        messages.put(message.getFullName(), message);
      }
    }
    return new ProtoFiles(ImmutableMap.copyOf(messages));
  }

  private static FileDescriptor descriptor(String file) {
    try {
      Class<?> outer = Class.forName("io.kubernetes.client.proto." + file);
      return (FileDescriptor) outer.getMethod("getDescriptor").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(file, e);
    }
  }

  /// The resources that hold the generated Java sources, whose comments are the API's.
  ImmutableList<String> sources() {
    return FILES.stream()
        .map(file -> "io/kubernetes/client/proto/" + file + ".java")
        .collect(ImmutableList.toImmutableList());
  }

  ImmutableMap<String, Descriptor> messages() {
    return messages;
  }

  @Nullable Descriptor message(String fullName) {
    return messages.get(fullName);
  }
}
