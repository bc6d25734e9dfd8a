package io.millrace.controller.control;

import io.millrace.core.metadata.TopicConfigs;
import io.millrace.core.metadata.TopicRecord;
import java.util.function.IntPredicate;

/**
 * By what the partitions of a topic are led.
 *
 * @param minInsyncReplicas in-sync replicas with which the high watermark may move
 * @param unclean whether a replica that may lack acknowledged records leads when no other can
 * @param mayLead the brokers that may lead, by id
 */
record ElectionRules(int minInsyncReplicas, boolean unclean, IntPredicate mayLead) {
    static ElectionRules of(TopicRecord topic, IntPredicate mayLead) {
        return new ElectionRules(
                Integer.parseInt(TopicConfigs.effective(topic.configs(), TopicConfigs.MIN_INSYNC_REPLICAS)),
                Boolean.parseBoolean(
                        TopicConfigs.effective(topic.configs(), TopicConfigs.UNCLEAN_LEADER_ELECTION_ENABLE)),
                mayLead);
    }

    /** The same where losing records was ordered. */
    ElectionRules uncleanByCommand() {
        return new ElectionRules(minInsyncReplicas, true, mayLead);
    }
}
