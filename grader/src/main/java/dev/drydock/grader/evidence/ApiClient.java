package dev.drydock.grader.evidence;

import com.google.common.net.UrlEscapers;
import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.Cluster;

/// The grader as a client of a cluster's API. Its requests carry a user agent of their own, so that
/// they are never taken for the learner's.
public final class ApiClient {
  static final String USER_AGENT = "drydock-grader";

  private final Cluster cluster;
  private final Discovery discovery = new Discovery(this);

  public ApiClient(Cluster cluster) {
    this.cluster = cluster;
  }

  public Discovery discovery() {
    return discovery;
  }

  public ApiResponse get(String target) {
    return send(ApiRequest.get(target));
  }

  public ApiResponse send(ApiRequest request) {
    return cluster.request(
        request.withHeader("user-agent", USER_AGENT).withHeader("accept", ApiRequest.JSON));
  }

  /// A name as one segment of a path.
  public static String escape(String segment) {
    return UrlEscapers.urlPathSegmentEscaper().escape(segment);
  }
}
