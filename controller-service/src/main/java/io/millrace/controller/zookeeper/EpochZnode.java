package io.millrace.controller.zookeeper;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands in the znode that every write checks and sets: who may write, and how far the log is.
 *
 * @param epoch of the leader; a new leader sets the next one before it reads anything
 * @param version of the latest decision that is whole
 * @param leader the member that leads or led last, for whoever looks
 */
record EpochZnode(int epoch, long version, String leader) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    static final EpochZnode NOBODY = new EpochZnode(0, 0, "");

    String encode() {
        return JSON.writeValueAsString(this);
    }

    static EpochZnode decode(String text) {
        return JSON.readValue(text, EpochZnode.class);
    }

    EpochZnode next(String newLeader) {
        return new EpochZnode(epoch + 1, version, newLeader);
    }
}
