package io.millrace.cli.session;

import java.net.URI;
import java.net.URISyntaxException;

/** Where the gateway answers gRPC: `host`, `host:port`, `http://host:port` or, with TLS, `https://host:port`. */
public record ServerAddress(String host, int port, boolean tls) {
    public static final int DEFAULT_PORT = 50051;

    public static ServerAddress parse(String text) {
        try {
            URI uri = new URI(text.contains("://") ? text : "http://" + text);
            String scheme = String.valueOf(uri.getScheme());
            boolean known = scheme.equals("http") || scheme.equals("https");
            boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
            if (!known || uri.getHost() == null || !bare || uri.getPort() > 65_535) {
                throw notAnAddress(text);
            }
            int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
            return new ServerAddress(uri.getHost(), port, scheme.equals("https"));
        } catch (URISyntaxException malformed) {
            throw notAnAddress(text);
        }
    }

    private static CommandFailure notAnAddress(String text) {
        return CommandFailure.usage(
                "\"" + text + "\" is not a server address; write it like http://localhost:" + DEFAULT_PORT + ".");
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
