package io.millrace.controller.zookeeper;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands in the znode with which a process stands for election.
 *
 * @param member that it stands as; the same after a restart
 * @param incarnation made by the process when it starts, so that two processes of one member can be told apart
 */
record Candidacy(String member, String incarnation) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    String encode() {
        return JSON.writeValueAsString(this);
    }

    /** A text of another form is taken for the name of a member, as it was before processes were told apart. */
    static Candidacy decode(String text) {
        try {
            return JSON.readValue(text, Candidacy.class);
        } catch (JacksonException anotherForm) {
            return new Candidacy(text, "");
        }
    }
}
