package dev.drydock.cluster.image;

/// The name of an image, normalised: `nginx` is `docker.io/library/nginx:latest`.
///
/// Models github.com/distribution/reference.
///
/// @param repository registry and path, like `docker.io/library/nginx`
/// @param suffix `:tag` or `@sha256:digest`
public record ImageReference(String repository, String suffix) {

  /// Reads a reference as a pod spec writes it.
  public static ImageReference parse(String text) {
    int at = text.indexOf('@');
    String name = at < 0 ? text : text.substring(0, at);
    int colon = name.lastIndexOf(':');
    boolean tagged = colon > name.lastIndexOf('/');
    String bare = tagged ? name.substring(0, colon) : name;
    String suffix = at >= 0 ? text.substring(at) : tagged ? name.substring(colon) : ":latest";
    return new ImageReference(normalise(bare), suffix);
  }

  private static String normalise(String bare) {
    int slash = bare.indexOf('/');
    String first = slash < 0 ? "" : bare.substring(0, slash);
    boolean registry = first.contains(".") || first.contains(":") || first.equals("localhost");
    if (registry && !first.equals("index.docker.io")) {
      return first.equals("docker.io") && bare.indexOf('/', slash + 1) < 0
          ? "docker.io/library/" + bare.substring(slash + 1)
          : bare;
    }
    String path = registry ? bare.substring(slash + 1) : bare;
    return "docker.io/" + (path.contains("/") ? path : "library/" + path);
  }

  public String tag() {
    return suffix.startsWith(":") ? suffix.substring(1) : "";
  }

  @Override
  public String toString() {
    return repository + suffix;
  }
}
