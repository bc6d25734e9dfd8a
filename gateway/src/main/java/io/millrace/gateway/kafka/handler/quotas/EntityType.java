package io.millrace.gateway.kafka.handler.quotas;

import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaName;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;

/** What the parts of a quota's entity are called in the protocol (KIP-546, KIP-612); its name is null for the default. */
enum EntityType {
    USER(ClientQuotaEntity.USER),
    CLIENT_ID(ClientQuotaEntity.CLIENT_ID),
    IP(ClientQuotaEntity.IP);

    private final String word;

    EntityType(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /** That part of an entity. */
    Optional<QuotaName> of(QuotaEntity entity) {
        return switch (this) {
            case USER -> entity.user();
            case CLIENT_ID -> entity.clientId();
            case IP -> entity.ip();
        };
    }

    static Optional<EntityType> named(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }

    /** What to say when there is another of it. */
    String twice() {
        return "The entity type '" + word + "' is named more than once.";
    }

    /** What to say of a word that is none of these. */
    static String unknown() {
        String known = Arrays.stream(values()).map(EntityType::word).collect(Collectors.joining(", "));
        return "There is no such entity type; quotas are for " + known + ".";
    }

    static QuotaName fromWire(@Nullable String name) {
        return name == null ? QuotaName.Default.NAME : QuotaName.of(name);
    }

    static @Nullable String toWire(QuotaName name) {
        return name instanceof QuotaName.Named(String text) ? text : null;
    }
}
