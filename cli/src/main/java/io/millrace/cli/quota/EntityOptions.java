package io.millrace.cli.quota;

import io.millrace.cli.session.CommandFailure;
import io.millrace.v1.QuotaEntity;
import io.millrace.v1.QuotaName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a quota is for, with the words of Kafka's own tool. */
final class EntityOptions {
    @Option(names = "--user", paramLabel = "NAME", description = "A user; with --client, that client of the user's.")
    private @Nullable String user;

    @Option(names = "--user-defaults", description = "Every user that has no quota under its name.")
    private boolean userDefaults;

    @Option(names = "--client", paramLabel = "ID", description = "A client id.")
    private @Nullable String client;

    @Option(names = "--client-defaults", description = "Every client id that has no quota under its name.")
    private boolean clientDefaults;

    @Option(names = "--ip", paramLabel = "ADDRESS", description = "The address that connections come from.")
    private @Nullable String ip;

    @Option(names = "--ip-defaults", description = "Every address that has no quota of its own.")
    private boolean ipDefaults;

    QuotaEntity entity() {
        QuotaEntity.Builder entity = QuotaEntity.newBuilder();
        name("--user", user, userDefaults).ifPresent(entity::setUser);
        name("--client", client, clientDefaults).ifPresent(entity::setClientId);
        name("--ip", ip, ipDefaults).ifPresent(entity::setIp);
        if (!entity.hasUser() && !entity.hasClientId() && !entity.hasIp()) {
            throw CommandFailure.usage("Whom is it for? Say --user, --client, both of them, or --ip; or with -defaults"
                    + " behind, for all that have none under their name.");
        }
        return entity.build();
    }

    private static Optional<QuotaName> name(String option, @Nullable String named, boolean anyOther) {
        if (named != null && anyOther) {
            throw CommandFailure.usage("Either " + option + " or " + option + "-defaults, not both.");
        }
        if (anyOther) {
            return Optional.of(QuotaName.newBuilder()
                    .setAnyOther(QuotaName.AnyOther.getDefaultInstance())
                    .build());
        }
        return Optional.ofNullable(named)
                .map(text -> QuotaName.newBuilder().setNamed(text).build());
    }
}
