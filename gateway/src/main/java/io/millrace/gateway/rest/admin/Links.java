package io.millrace.gateway.rest.admin;

import jakarta.servlet.http.HttpServletRequest;

/** Addresses and names of resources below one cluster, as absolute as the caller's own request was. */
final class Links {
    private static final String CLUSTERS = "/v3/clusters";

    private final String base;
    private final String clusterId;

    Links(HttpServletRequest request, String clusterId) {
        String url = request.getRequestURL().toString();
        this.base = url.substring(0, url.indexOf(CLUSTERS));
        this.clusterId = clusterId;
    }

    String clusterId() {
        return clusterId;
    }

    /** The URL of a resource; the path is below the cluster and starts with a slash, or is empty for the cluster. */
    String url(String path) {
        return base + CLUSTERS + "/" + clusterId + path;
    }

    Related related(String path) {
        return new Related(url(path));
    }

    /** What every resource says of itself; the steps are type=name pairs below the cluster. */
    Metadata metadata(String path, String... steps) {
        StringBuilder name = new StringBuilder("crn:///kafka=" + clusterId);
        for (String step : steps) {
            name.append('/').append(step);
        }
        return new Metadata(url(path), name.toString());
    }

    /** Where something that belongs to a resource is found. */
    record Related(String related) {}

    /** Where a resource is found, and its name. */
    record Metadata(String self, String resourceName) {}
}
