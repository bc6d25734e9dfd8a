package io.millrace.controller.zookeeper;

import io.millrace.core.statemachine.LogMember;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands in the znode that every write checks and sets: who may write, and how far the log is.
 *
 * @param epoch of the leader; a new leader sets the next one before it reads anything
 * @param version of the latest decision that is whole, or of the beginning of the lead
 * @param leader the member that leads or led last; empty when nobody has led yet
 * @param host under which that member is reached; null in a znode that was written before members had addresses
 * @param port under which that member is reached; 0 when it serves its own process only
 */
record EpochZnode(
        int epoch,
        long version,
        @Nullable String leader,
        @Nullable String host,
        int port) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES) // the port, before members had addresses
            .build();

    static final EpochZnode NOBODY = new EpochZnode(0, 0, "", "", 0);

    String encode() {
        return JSON.writeValueAsString(this);
    }

    static EpochZnode decode(String text) {
        return JSON.readValue(text, EpochZnode.class);
    }

    /** The next lead, which begins with a version of its own. */
    EpochZnode next(LogMember successor) {
        return new EpochZnode(epoch + 1, version + 1, successor.id(), successor.host(), successor.port());
    }

    /** The same lead, at another version. */
    EpochZnode at(long newVersion) {
        return new EpochZnode(epoch, newVersion, leader, host, port);
    }

    /** The member that leads or led last. */
    LogMember member() {
        return new LogMember(leader == null ? "" : leader, host == null ? "" : host, port);
    }
}
