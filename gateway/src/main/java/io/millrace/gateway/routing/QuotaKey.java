package io.millrace.gateway.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaName;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Where the quotas of an entity stand in a list, with a text from which that is read back: {@code user=alice&client-id},
 * where the part without a name is the default.
 */
public record QuotaKey(QuotaEntity entity) implements Comparable<QuotaKey> {
    private static final String USER = "user";
    private static final String CLIENT_ID = "client-id";
    private static final String IP = "ip";

    /** Throws IllegalArgumentException when no key is written like that. */
    public static QuotaKey parse(String text) {
        Map<String, QuotaName> parts = new TreeMap<>();
        for (String part : text.split("&", -1)) {
            int end = part.indexOf('=');
            parts.put(
                    end < 0 ? part : part.substring(0, end),
                    end < 0 ? QuotaName.Default.NAME : QuotaName.of(URLDecoder.decode(part.substring(end + 1), UTF_8)));
        }
        return new QuotaKey(new QuotaEntity(
                Optional.ofNullable(parts.get(USER)),
                Optional.ofNullable(parts.get(CLIENT_ID)),
                Optional.ofNullable(parts.get(IP))));
    }

    @Override
    public int compareTo(QuotaKey other) {
        return entity.compareTo(other.entity);
    }

    @Override
    public String toString() {
        StringJoiner parts = new StringJoiner("&");
        entity.user().ifPresent(name -> parts.add(USER + text(name)));
        entity.clientId().ifPresent(name -> parts.add(CLIENT_ID + text(name)));
        entity.ip().ifPresent(name -> parts.add(IP + text(name)));
        return parts.toString();
    }

    private static String text(QuotaName name) {
        return switch (name) {
            case QuotaName.Named(String text) -> "=" + URLEncoder.encode(text, UTF_8);
            case QuotaName.Default() -> "";
        };
    }
}
