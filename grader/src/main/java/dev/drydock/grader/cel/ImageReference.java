package dev.drydock.grader.cel;

/// An image's name with nothing left out, so that `nginx` and `docker.io/library/nginx:latest` are
/// the same.
///
/// Models `github.com/distribution/reference` normalisation.
///
/// @param suffix the tag with its colon, or the digest with its @
record ImageReference(String registry, String repository, String suffix) {

  static ImageReference parse(String text) {
    int at = text.indexOf('@');
    String name = at < 0 ? text : text.substring(0, at);
    int colon = name.lastIndexOf(':');
    boolean tagged = colon > name.lastIndexOf('/');
    String path = tagged ? name.substring(0, colon) : name;
    String tag = tagged ? name.substring(colon) : ":latest";
    String suffix = at < 0 ? tag : text.substring(at);

    int slash = path.indexOf('/');
    String first = slash < 0 ? "" : path.substring(0, slash);
    if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
      return docker(first, path.substring(slash + 1), suffix);
    }
    return docker("docker.io", path, suffix);
  }

  private static ImageReference docker(String registry, String repository, String suffix) {
    boolean hub = registry.equals("docker.io") || registry.equals("index.docker.io");
    return new ImageReference(
        hub ? "docker.io" : registry,
        hub && repository.indexOf('/') < 0 ? "library/" + repository : repository,
        suffix);
  }
}
