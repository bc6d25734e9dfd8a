package io.millrace.controller.control;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.statemachine.Decision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The partitions that one decision changes part by part. Each part sees what the parts before it have made, and has an outcome
 * of its own: one that is refused does not hold the others up.
 */
final class PartitionEdits {
    private final ClusterImage image;
    private final Map<MetadataKey, PartitionImage> edited = new LinkedHashMap<>();
    private final List<Outcome<PartitionChanged>> outcomes = new ArrayList<>();

    PartitionEdits(ClusterImage image) {
        this.image = image;
    }

    /** A partition that a part is about. */
    record Subject(TopicImage topic, PartitionImage partition) {
        TopicPartition name() {
            return new TopicPartition(topic.name(), partition.partition());
        }
    }

    /** Has the next part edit a partition of that topic, which is there. */
    void edit(TopicId topicId, int partition, Function<Subject, Outcome<PartitionImage>> edit) {
        edit(image.topic(topicId), topicId.toString(), partition, edit);
    }

    /** Has the next part edit that partition, if it is there. */
    void edit(TopicPartition partition, Function<Subject, Outcome<PartitionImage>> edit) {
        edit(image.topic(partition.topic()), TopicChecks.shown(partition.topic()), partition.partition(), edit);
    }

    /** All edits as one decision, the outcomes in the order of the parts. */
    Decision<MetadataKey, MetadataRecord, List<Outcome<PartitionChanged>>> decision() {
        return Decision.of(
                new Changes().putPartitions(image, List.copyOf(edited.values())).list(), List.copyOf(outcomes));
    }

    private void edit(
            Optional<TopicImage> found, String topicName, int number, Function<Subject, Outcome<PartitionImage>> edit) {
        if (found.isEmpty()) {
            outcomes.add(Outcome.refused(new Refusal.UnknownTopic(topicName)));
            return;
        }
        TopicImage topic = found.get();
        Optional<PartitionImage> committed = topic.partition(number);
        if (committed.isEmpty()) {
            outcomes.add(Outcome.refused(new Refusal.UnknownPartition(
                    new TopicPartition(topic.name(), number), topic.partitions().size())));
            return;
        }
        PartitionImage now = edited.getOrDefault(committed.get().key(), committed.get());
        Subject subject = new Subject(topic, now);
        outcomes.add(edit.apply(subject).map(after -> {
            if (!after.equals(now)) {
                edited.put(after.key(), after);
            }
            return new PartitionChanged(subject.name(), after);
        }));
    }
}
