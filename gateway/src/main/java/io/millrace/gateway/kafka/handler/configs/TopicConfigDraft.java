package io.millrace.gateway.kafka.handler.configs;

import io.millrace.core.api.AlterTopicConfigsRequest;
import io.millrace.core.metadata.TopicConfigs;
import io.millrace.gateway.kafka.configs.TopicConfigCatalogue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/** Changes of a topic's configs in the making, until the first that makes no sense. */
final class TopicConfigDraft {
    private static final String SEPARATOR = ",";

    private final Map<String, String> overrides;
    private final SortedMap<String, String> set = new TreeMap<>();
    private final List<String> reset = new ArrayList<>();
    private final Set<String> named = new TreeSet<>();
    private @Nullable Changed problem;

    /** Changes of a topic that has these overrides. */
    TopicConfigDraft(Map<String, String> overrides) {
        this.overrides = overrides;
    }

    /** What is wrong with a change, or null. */
    @Nullable
    Changed problem() {
        return problem;
    }

    AlterTopicConfigsRequest request(String topic, boolean validateOnly) {
        return new AlterTopicConfigsRequest(topic, set, reset, validateOnly);
    }

    /** Adds a change; {@code operation} is null when the client has sent a number that stands for none. */
    void add(String name, @Nullable OpType operation, @Nullable String value) {
        if (!named.add(name)) {
            fail(Errors.INVALID_REQUEST, "Config '" + name + "' is changed more than once in this request.");
        } else if (operation == null) {
            fail(Errors.INVALID_REQUEST, "There is no such operation on config '" + name + "'.");
        } else if (operation == OpType.DELETE) {
            delete(name);
        } else if (value == null) {
            fail(Errors.INVALID_REQUEST, "Config '" + name + "' is given no value.");
        } else {
            change(name, operation, value);
        }
    }

    /** What is not there is not set either: Kafka's tools clear throttles that they have never set. */
    private void delete(String name) {
        if (TopicConfigCatalogue.refusalOf(name).isEmpty()) {
            reset.add(name);
        }
    }

    private void change(String name, OpType operation, String value) {
        Optional<String> absent = TopicConfigCatalogue.whyAbsent(name);
        if (absent.isPresent()) {
            fail(Errors.INVALID_CONFIG, absent.get());
        } else if (operation == OpType.SET) {
            set.put(name, value);
        } else if (TopicConfigCatalogue.isList(name)) {
            set.put(name, listed(name, operation, value));
        } else {
            fail(Errors.INVALID_CONFIG, "Config '" + name + "' is no list that could be added to or taken from.");
        }
    }

    private String listed(String name, OpType operation, String value) {
        Set<String> words = new LinkedHashSet<>(words(TopicConfigs.effective(overrides, name)));
        if (operation == OpType.APPEND) {
            words.addAll(words(value));
        } else {
            words.removeAll(words(value));
        }
        return String.join(SEPARATOR, words);
    }

    private static List<String> words(String list) {
        return Arrays.stream(list.split(SEPARATOR))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private void fail(Errors error, String message) {
        if (problem == null) {
            problem = Changed.refused(error, message);
        }
    }
}
