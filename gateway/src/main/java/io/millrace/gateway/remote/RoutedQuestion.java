package io.millrace.gateway.remote;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicPartition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * The parts of a request, sorted by the broker that serves each by one picture; what the picture already refuses is refused.
 *
 * @param refused by number of the part
 * @param shares one for each broker that serves a part
 */
record RoutedQuestion<P>(int size, Map<Integer, Refusal> refused, List<Share<P>> shares) {
    /** What one broker is asked: the parts, and their numbers in the request. */
    record Share<P>(BrokerLinks.Linked to, List<Integer> numbers, List<P> parts) {
        BrokerApi broker() {
            return to.broker();
        }
    }

    /** By the leaders. */
    static <P> RoutedQuestion<P> route(
            ClusterImage image, BrokerLinks links, List<P> parts, Function<P, TopicPartition> name) {
        return route(image, links, parts, name, PartitionImage::leader);
    }

    /** By whom the choice names, in place of the leader. */
    static <P> RoutedQuestion<P> route(
            ClusterImage image,
            BrokerLinks links,
            List<P> parts,
            Function<P, TopicPartition> name,
            ToIntFunction<PartitionImage> choice) {
        Map<Integer, Refusal> refused = new LinkedHashMap<>();
        Map<Integer, Share<P>> shares = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            TopicPartition partition = name.apply(parts.get(i));
            switch (chosen(image, partition, choice)) {
                case Outcome.Refused<Integer>(Refusal refusal) -> refused.put(i, refusal);
                case Outcome.Done<Integer>(Integer leader) -> {
                    Optional<Share<P>> share = Optional.ofNullable(shares.get(leader))
                            .or(() -> links.to(image, leader)
                                    .map(to -> new Share<>(to, new ArrayList<>(), new ArrayList<>())));
                    if (share.isPresent()) {
                        shares.put(leader, share.get());
                        share.get().numbers().add(i);
                        share.get().parts().add(parts.get(i));
                    } else {
                        refused.put(i, noAddress(partition, leader));
                    }
                }
            }
        }
        return new RoutedQuestion<>(parts.size(), refused, List.copyOf(shares.values()));
    }

    /** Whether one broker answers it all. */
    boolean isForOneBroker() {
        return shares.size() == 1 && refused.isEmpty();
    }

    /** Puts the answers, one list for each share in their order, where the parts were. */
    <T> List<Outcome<T>> merge(List<List<Outcome<T>>> answers) {
        Map<Integer, Outcome<T>> byNumber = new LinkedHashMap<>();
        refused.forEach((number, refusal) -> byNumber.put(number, Outcome.refused(refusal)));
        for (int i = 0; i < shares.size(); i++) {
            List<Integer> numbers = shares.get(i).numbers();
            for (int j = 0; j < numbers.size(); j++) {
                byNumber.put(numbers.get(j), answers.get(i).get(j));
            }
        }
        List<Outcome<T>> merged = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            merged.add(Objects.requireNonNull(byNumber.get(i)));
        }
        return merged;
    }

    private static Outcome<Integer> chosen(
            ClusterImage image, TopicPartition name, ToIntFunction<PartitionImage> choice) {
        Optional<TopicImage> topic = image.topic(name.topic());
        if (topic.isEmpty()) {
            return Outcome.refused(new Refusal.UnknownTopic(name.topic()));
        }
        Optional<PartitionImage> partition = topic.get().partition(name.partition());
        if (partition.isEmpty()) {
            return Outcome.refused(
                    new Refusal.UnknownPartition(name, topic.get().partitions().size()));
        }
        return partition.get().leader() == PartitionImage.NO_LEADER
                ? Outcome.refused(new Refusal.LeaderNotAvailable(name))
                : Outcome.done(choice.applyAsInt(partition.get()));
    }

    private static Refusal noAddress(TopicPartition partition, int leader) {
        return new Refusal.LeaderNotAvailable(
                partition,
                "Partition " + partition + " is led by broker " + leader
                        + ", for which this gateway's picture of the cluster has no address.");
    }
}
