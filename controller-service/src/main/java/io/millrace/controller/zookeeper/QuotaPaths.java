package io.millrace.controller.zookeeper;

import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaName;
import io.millrace.core.metadata.QuotaRules;
import java.util.Optional;

/**
 * Where the quotas of an entity lie, so that {@code ls} tells whom they are for:
 *
 * <pre>
 *   users/&lt;user&gt;                       a user
 *   users/&lt;user&gt;/clients/&lt;client-id&gt;   a client id of a user
 *   clients/&lt;client-id&gt;                a client id
 *   ips/&lt;ip&gt;                           an address
 * </pre>
 *
 * <p>{@code <default>} is whoever has no quota under a name.
 */
final class QuotaPaths {
    private static final String USERS = "users";
    private static final String CLIENTS = "clients";
    private static final String IPS = "ips";

    /** No name is written like this, as its brackets would be escaped. */
    private static final String DEFAULT = "<default>";

    private QuotaPaths() {}

    static String path(QuotaEntity entity) {
        if (entity.ip().isPresent()) {
            return IPS + "/" + text(entity.ip().get());
        }
        String user = entity.user().map(name -> USERS + "/" + text(name)).orElse("");
        String client =
                entity.clientId().map(name -> CLIENTS + "/" + text(name)).orElse("");
        return user + (user.isEmpty() || client.isEmpty() ? "" : "/") + client;
    }

    /** Reads a path back; throws IllegalArgumentException when none of ours is written like that. */
    static QuotaEntity entity(String path) {
        String[] names = path.split("/", -1);
        Optional<QuotaEntity> entity = switch (names.length) {
            case 2 -> entity(names[0], name(names[1]));
            case 4 ->
                names[0].equals(USERS) && names[2].equals(CLIENTS)
                        ? Optional.of(QuotaEntity.of(name(names[1]), name(names[3])))
                        : Optional.empty();
            default -> Optional.empty();
        };
        return entity.filter(found -> QuotaRules.problemOf(found).isEmpty())
                .filter(found -> path(QuotaRules.canonical(found)).equals(path))
                .orElseThrow(() -> new IllegalArgumentException("No quota lies at " + path));
    }

    private static Optional<QuotaEntity> entity(String part, QuotaName name) {
        return switch (part) {
            case USERS -> Optional.of(QuotaEntity.ofUser(name));
            case CLIENTS -> Optional.of(QuotaEntity.ofClientId(name));
            case IPS -> Optional.of(QuotaEntity.ofIp(name));
            default -> Optional.empty();
        };
    }

    private static String text(QuotaName name) {
        return switch (name) {
            case QuotaName.Named(String text) -> PathName.escaped(text);
            case QuotaName.Default() -> DEFAULT;
        };
    }

    private static QuotaName name(String text) {
        return text.equals(DEFAULT) ? QuotaName.Default.NAME : QuotaName.of(PathName.unescaped(text));
    }
}
