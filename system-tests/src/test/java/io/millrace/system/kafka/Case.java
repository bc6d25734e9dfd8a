package io.millrace.system.kafka;

import io.millrace.system.kafka.KafkaSoftware.Abilities;
import io.millrace.system.kafka.KafkaSoftware.Ability;
import java.util.ArrayList;
import java.util.List;

/**
 * One way to write: each client has a partition for each.
 *
 * @param large whether the records are about 900 kB together, for one batch
 */
record Case(int partition, String codec, String acks, boolean idempotent, boolean large) {
    static final List<String> CODECS = List.of("none", "gzip", "snappy", "lz4", "zstd");
    static final int PARTITIONS = CODECS.size() + 4;

    /** What a client can try. */
    static List<Case> of(Abilities abilities) {
        boolean idempotent = abilities.can(Ability.IDEMPOTENT);
        List<Case> cases = new ArrayList<>();
        for (String codec : CODECS) {
            if (abilities.codecs().contains(codec)) {
                cases.add(new Case(CODECS.indexOf(codec), codec, "all", idempotent, false));
            }
        }
        int next = CODECS.size();
        cases.add(new Case(next, "none", "0", false, false));
        cases.add(new Case(next + 1, "none", "1", false, false));
        cases.add(new Case(next + 2, "none", "all", false, false));
        cases.add(new Case(next + 3, "none", "all", idempotent, true));
        return cases;
    }

    @Override
    public String toString() {
        return codec + ", acks=" + acks + (idempotent ? ", idempotent" : "") + (large ? ", 900 kB" : "");
    }
}
