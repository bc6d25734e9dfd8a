package io.millrace.gateway.grpc;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.v1.ListTopicsRequest;
import io.millrace.v1.ListTopicsResponse;
import io.millrace.v1.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;

/** One page of a list of topics. A page token is the last name of the page before, so pages hold while topics come and go. */
final class TopicPage {
    private static final int SIZE_DEFAULT = 100;
    private static final int SIZE_MAX = 1_000;
    private static final int PARTITIONS_MAX = 10_000;
    private static final int PATTERN_LENGTH_MAX = 1_000;
    private static final String PARTITIONS = "partitions";
    private static final String CONFIGS = "configs";

    private TopicPage() {}

    static Outcome<ListTopicsResponse> of(ListTopicsRequest request, ClusterImage cluster) {
        if (request.getPageSize() < 0 || request.getPageSize() > SIZE_MAX) {
            return invalid("page_size is " + request.getPageSize() + "; it must be 0 to " + SIZE_MAX + ".");
        }
        if (request.getNamePattern().length() > PATTERN_LENGTH_MAX) {
            return invalid("A name_pattern has at most " + PATTERN_LENGTH_MAX + " characters.");
        }
        for (String path : request.getReadMask().getPathsList()) {
            if (Topic.getDescriptor().findFieldByName(path) == null) {
                return invalid("read_mask has the path '" + path + "', which is no field of a topic.");
            }
        }
        return Outcomes.then(after(request.getPageToken()), after -> Outcome.done(page(request, cluster, after)));
    }

    private static ListTopicsResponse page(ListTopicsRequest request, ClusterImage cluster, String after) {
        NamePattern pattern = new NamePattern(request.getNamePattern());
        Set<String> fields = fields(request);
        int size = request.getPageSize() == 0 ? SIZE_DEFAULT : request.getPageSize();
        ListTopicsResponse.Builder response = ListTopicsResponse.newBuilder();
        int total = 0;
        int partitions = 0;
        String last = "";
        boolean full = false;
        for (TopicImage topic : cluster.topics().values()) {
            boolean wanted =
                    (request.getIncludeInternal() || !TopicMessages.isInternal(topic)) && pattern.matches(topic.name());
            if (!wanted) {
                continue;
            }
            total++;
            if (topic.name().compareTo(after) <= 0) {
                continue;
            }
            full = full || response.getTopicsCount() == size || partitions >= PARTITIONS_MAX;
            if (full) {
                response.setNextPageToken(token(last));
            } else {
                response.addTopics(message(topic, cluster, fields));
                partitions += fields.contains(PARTITIONS) ? topic.partitions().size() : 0;
                last = topic.name();
            }
        }
        return response.setTotalSize(total).build();
    }

    private static Topic message(TopicImage topic, ClusterImage cluster, Set<String> fields) {
        Topic.Builder message =
                fields.contains(PARTITIONS) ? TopicMessages.of(topic, cluster) : TopicMessages.withoutPartitions(topic);
        Topic.getDescriptor().getFields().stream()
                .filter(field -> !fields.contains(field.getName()))
                .forEach(message::clearField);
        return message.build();
    }

    private static Set<String> fields(ListTopicsRequest request) {
        Set<String> fields = new TreeSet<>(request.getReadMask().getPathsList());
        if (fields.isEmpty()) {
            Topic.getDescriptor().getFields().forEach(field -> fields.add(field.getName()));
            fields.remove(PARTITIONS);
            fields.remove(CONFIGS);
        }
        return fields;
    }

    private static String token(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static Outcome<String> after(String token) {
        try {
            return Outcome.done(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException noBase64) {
            return invalid("The page_token is none that a server has given out.");
        }
    }

    private static <T> Outcome<T> invalid(String message) {
        return Outcome.refused(new Refusal.InvalidRequest(message));
    }
}
