package dev.drydock.cluster.image;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.os.FileTree;

/// The images of the cluster's own workloads, which a kind node brings along.
public final class SystemImages {
  /// The references of the images on a new node.
  public static final ImmutableList<String> ON_NODES =
      ImmutableList.of(
          "registry.k8s.io/kube-apiserver:v1.36.2",
          "registry.k8s.io/kube-controller-manager:v1.36.2",
          "registry.k8s.io/kube-scheduler:v1.36.2",
          "registry.k8s.io/kube-proxy:v1.36.2",
          "registry.k8s.io/etcd:3.6.8-0",
          "registry.k8s.io/coredns/coredns:v1.14.2",
          "registry.k8s.io/pause:3.10",
          "docker.io/kindest/kindnetd:v20250512-df8de77b",
          "docker.io/kindest/local-path-provisioner:v20250214-acbabc1a",
          "docker.io/kindest/local-path-helper:v20241212-8ac705d0");

  /// The size of the programs' files; the real ones are larger, and nobody looks.
  private static final long PROGRAM_BYTES = 1 << 20;

  private static final String RELEASE = "v1\\.3[0-9]\\.[0-9]{1,2}";

  private SystemImages() {}

  static void addTo(ImmutableMap.Builder<String, Repository> all) {
    add(all, "registry.k8s.io/kube-apiserver", RELEASE, "/usr/local/bin/kube-apiserver", 123144239);
    add(
        all,
        "registry.k8s.io/kube-controller-manager",
        RELEASE,
        "/usr/local/bin/kube-controller-manager",
        110413889);
    add(all, "registry.k8s.io/kube-scheduler", RELEASE, "/usr/local/bin/kube-scheduler", 78063662);
    add(all, "registry.k8s.io/kube-proxy", RELEASE, "/usr/local/bin/kube-proxy", 82106345);
    add(all, "registry.k8s.io/etcd", "3\\.[5-9]\\.[0-9]{1,2}-0", "/usr/local/bin/etcd", 40799770);
    add(all, "registry.k8s.io/coredns/coredns", "v1\\.[0-9]{1,2}\\.[0-9]", "/coredns", 23512374);
    add(all, "registry.k8s.io/pause", "[0-9]+(\\.[0-9]+){0,2}", "/pause", 320_000);
    String dated = "v20[0-9]{6}-[0-9a-f]{8}";
    add(all, "docker.io/kindest/kindnetd", dated, "/bin/kindnetd", 44375501);
    add(
        all,
        "docker.io/kindest/local-path-provisioner",
        dated,
        "/usr/local/bin/local-path-provisioner",
        22541737);
    all.put(
        "docker.io/kindest/local-path-helper",
        Repository.of(
            dated, ImageConfig.command("/bin/sh"), BaseFiles.busybox().fileSystem(), 3085463));
  }

  /// An image of one program, named like its file.
  private static void add(
      ImmutableMap.Builder<String, Repository> all,
      String repository,
      String tags,
      String path,
      long sizeBytes) {
    String program = path.substring(path.lastIndexOf('/') + 1);
    FileTree tree = BaseFiles.empty();
    for (String directory : new String[] {"usr/local/bin", "bin", "usr/local/share", "usr/share"}) {
      int _ = tree.directory(directory, 0755);
    }
    BaseFiles.program(tree, path, program, PROGRAM_BYTES);
    all.put(
        repository,
        Repository.of(
            tags, ImageConfig.command().withEntrypoint(path), tree.fileSystem(), sizeBytes));
  }
}
