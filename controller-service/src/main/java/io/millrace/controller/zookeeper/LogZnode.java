package io.millrace.controller.zookeeper;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands in the znode that identifies a log.
 *
 * @param id made by the first leader, never changed
 * @param layout of the znodes; a program that does not know the number must not touch them
 */
record LogZnode(String id, int layout) {
    /** The layout that this program reads and writes. */
    static final int LAYOUT = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    String encode() {
        return JSON.writeValueAsString(this);
    }

    static LogZnode decode(String text) {
        return JSON.readValue(text, LogZnode.class);
    }
}
