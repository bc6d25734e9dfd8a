package io.millrace.core.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.core.model.Endpoint;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class ClusterImageTest {
    private static final ClusterImage EMPTY = ClusterImage.empty("test");
    private static final TopicId ORDERS = new TopicId(new UUID(1, 1));
    private static final TopicId ORDERS_AGAIN = new TopicId(new UUID(1, 2));
    private static final TopicId PAYMENTS = new TopicId(new UUID(1, 3));

    @Test
    void aTopicShowsOnceItsRecordAndAllItsPartitionsAreThere() {
        // Given
        List<MetadataChange> creation = creation(ORDERS, "orders", 3);

        // When
        List<ClusterImage> images = oneByOne(EMPTY, creation);

        // Then
        assertThat(images)
                .extracting(image -> image.topic("orders").isPresent())
                .containsExactly(false, false, false, true);
        assertThat(images.getLast().topic("orders").orElseThrow().partitions())
                .extracting(PartitionImage::partition)
                .containsExactly(0, 1, 2);
    }

    @RepeatedTest(20)
    void anIncompleteTopicNeverShowsInWhateverOrderItsPartsArrive(RepetitionInfo repetition) {
        // Given
        List<MetadataChange> creation = shuffled(repetition, creation(ORDERS, "orders", 5));

        // When
        List<ClusterImage> images = oneByOne(EMPTY, creation);

        // Then
        assertThat(images.subList(0, images.size() - 1)).allSatisfy(image -> {
            assertThat(image.topics()).isEmpty();
            assertThat(image.topic(ORDERS)).isEmpty();
            assertThat(image.partition(new TopicPartition("orders", 0))).isEmpty();
        });
        assertThat(images.getLast().topic(ORDERS)).isPresent();
    }

    @RepeatedTest(50)
    void theOrderOfFactsDoesNotMatter(RepetitionInfo repetition) {
        // Given: a topic that is deleted while its name is used anew, beside others
        ClusterImage before = apply(EMPTY, creation(ORDERS, "orders", 2));
        List<MetadataChange> changes = join(List.of(
                deletion(ORDERS, "orders", 2),
                creation(ORDERS_AGAIN, "orders", 3),
                creation(PAYMENTS, "payments", 1),
                List.of(put(broker(1, 10)), put(broker(2, 11)))));
        ClusterImage expected = apply(before, changes);

        // When
        List<MetadataChange> otherOrder = shuffled(repetition, changes);
        ClusterImage atOnce = apply(before, otherOrder);
        ClusterImage oneByOne = oneByOne(before, otherOrder).getLast();

        // Then
        assertThat(atOnce).isEqualTo(expected);
        assertThat(oneByOne.topics()).isEqualTo(expected.topics());
        assertThat(oneByOne.brokers()).isEqualTo(expected.brokers());
        assertThat(oneByOne.deletedTopics()).isEqualTo(expected.deletedTopics());
        assertThat(oneByOne.assembly()).isEqualTo(expected.assembly());
    }

    @Test
    void aNameUsedAnewIsAnotherTopic() {
        // Given
        ClusterImage before = apply(EMPTY, creation(ORDERS, "orders", 2));

        // When
        ClusterImage deleted = apply(before, deletion(ORDERS, "orders", 2));
        ClusterImage again = apply(deleted, creation(ORDERS_AGAIN, "orders", 1));

        // Then
        assertThat(deleted.topic("orders")).isEmpty();
        assertThat(again.topic("orders").map(TopicImage::topicId)).contains(ORDERS_AGAIN);
        assertThat(again.topic(ORDERS)).isEmpty();
        assertThat(again.deletedTopics()).containsOnlyKeys(ORDERS);
    }

    @Test
    void removingOldPartsLateLeavesTheNewTopicOfThatNameAlone() {
        // Given: the new topic is there before the last parts of the old one are gone
        ClusterImage before = apply(EMPTY, creation(ORDERS, "orders", 2));
        ClusterImage both = apply(
                before,
                join(List.of(
                        List.of(removed(new MetadataKey.Partition(ORDERS, 1))), creation(ORDERS_AGAIN, "orders", 1))));

        // When
        ClusterImage after = apply(both, deletion(ORDERS, "orders", 2));

        // Then
        assertThat(both.topic("orders").map(TopicImage::topicId)).contains(ORDERS_AGAIN);
        assertThat(after.topic("orders").map(TopicImage::topicId)).contains(ORDERS_AGAIN);
    }

    @Test
    void aTombstoneEndsATopicWhoseOtherRecordsAreStillThere() {
        // Given
        ClusterImage before = apply(EMPTY, creation(ORDERS, "orders", 1));

        // When
        ClusterImage after = apply(before, List.of(put(new TopicDeletion(ORDERS, "orders", 1, 5))));

        // Then
        assertThat(after.topic("orders")).isEmpty();
        assertThat(after.topic(ORDERS)).isEmpty();
    }

    @Test
    void addedPartitionsShowWhenTheTopicCountsThem() {
        // Given
        ClusterImage before = apply(EMPTY, creation(ORDERS, "orders", 1));

        // When
        ClusterImage early = apply(before, List.of(put(partition(ORDERS, 1, 0)), put(partition(ORDERS, 2, 0))));
        ClusterImage after = apply(early, List.of(put(topic(ORDERS, "orders", 3))));

        // Then
        assertThat(early.topic("orders").orElseThrow().partitions()).hasSize(1);
        assertThat(after.topic("orders").orElseThrow().partitions()).hasSize(3);
    }

    @Test
    void aChangedPartitionShowsAndTheOldPictureStaysAsItWas() {
        // Given
        ClusterImage before = apply(EMPTY, creation(ORDERS, "orders", 3));

        // When
        ClusterImage after = apply(before, List.of(put(partition(ORDERS, 1, 9))));

        // Then
        TopicPartition changed = new TopicPartition("orders", 1);
        assertThat(after.partition(changed).map(PartitionImage::leaderEpoch)).contains(9);
        assertThat(before.partition(changed).map(PartitionImage::leaderEpoch)).contains(0);
        assertThat(after.partition(new TopicPartition("orders", 3))).isEmpty();
    }

    @Test
    void brokersComeChangeAndGo() {
        // When
        List<ClusterImage> images =
                oneByOne(EMPTY, List.of(put(broker(7, 1)), put(broker(7, 2)), removed(new MetadataKey.Broker(7))));

        // Then
        assertThat(images.get(0).brokers().get(7)).isEqualTo(broker(7, 1));
        assertThat(images.get(1).brokers().get(7)).isEqualTo(broker(7, 2));
        assertThat(images.get(2).brokers()).isEmpty();
    }

    @Test
    void aTombstoneEndsWhenItIsRemoved() {
        // Given
        ClusterImage before = apply(apply(EMPTY, creation(ORDERS, "orders", 1)), deletion(ORDERS, "orders", 1));

        // When
        ClusterImage after = apply(before, List.of(removed(new MetadataKey.DeletedTopic(ORDERS))));

        // Then
        assertThat(after.deletedTopics()).isEmpty();
        assertThat(after.assembly()).isEqualTo(EMPTY.assembly());
    }

    @Test
    void onlyTheNextDeltaIsTaken() {
        assertThat(EMPTY.apply(new ClusterDelta(1, 4, List.of())).controllerEpoch())
                .isEqualTo(4);
        for (long version : new long[] {-1, 0, 2}) {
            assertThatIllegalArgumentException().isThrownBy(() -> EMPTY.apply(new ClusterDelta(version, 1, List.of())));
        }
    }

    @Test
    void topicConfigsAreSortedAndAnsweredUnchanged() {
        // Given
        TopicRecord topic = new TopicRecord(ORDERS, "orders", 1, 1, Map.of("b", "2", "a", "1", "c", "3"));

        // When / Then
        assertThat(topic.configs()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"), Map.entry("c", "3"));
        assertThat(topic.configs()).isUnmodifiable();
    }

    private static List<MetadataChange> creation(TopicId id, String name, int partitions) {
        return join(List.of(
                List.of(put(topic(id, name, partitions))),
                IntStream.range(0, partitions)
                        .mapToObj(number -> put(partition(id, number, 0)))
                        .toList()));
    }

    private static List<MetadataChange> deletion(TopicId id, String name, int partitions) {
        return join(List.of(
                List.of(put(new TopicDeletion(id, name, partitions, 1_000)), removed(new MetadataKey.Topic(id))),
                IntStream.range(0, partitions)
                        .mapToObj(number -> removed(new MetadataKey.Partition(id, number)))
                        .toList()));
    }

    private static TopicRecord topic(TopicId id, String name, int partitions) {
        return new TopicRecord(id, name, partitions, 1, Map.of());
    }

    private static PartitionImage partition(TopicId id, int number, int leaderEpoch) {
        return new PartitionImage(id, number, List.of(1), List.of(1), 1, leaderEpoch, leaderEpoch);
    }

    private static BrokerImage broker(int id, long epoch) {
        return new BrokerImage(
                id, new UUID(id, epoch), epoch, null, List.of(new Endpoint("internal", "127.0.0.1", 1)), false);
    }

    private static MetadataChange put(MetadataRecord fact) {
        return new MetadataChange.Put(fact);
    }

    private static MetadataChange removed(MetadataKey key) {
        return new MetadataChange.Removed(key);
    }

    private static List<MetadataChange> join(List<List<MetadataChange>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }

    private static List<MetadataChange> shuffled(RepetitionInfo repetition, List<MetadataChange> changes) {
        List<MetadataChange> shuffled = new ArrayList<>(changes);
        Collections.shuffle(shuffled, new Random(repetition.getCurrentRepetition()));
        return shuffled;
    }

    private static ClusterImage apply(ClusterImage image, List<MetadataChange> changes) {
        return image.apply(new ClusterDelta(image.version() + 1, 1, changes));
    }

    /** The pictures after each of the changes. */
    private static List<ClusterImage> oneByOne(ClusterImage start, List<MetadataChange> changes) {
        List<ClusterImage> images = new ArrayList<>(List.of(start));
        changes.forEach(change -> images.add(apply(images.getLast(), List.of(change))));
        return images.subList(1, images.size());
    }
}
