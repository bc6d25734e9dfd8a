package io.millrace.gateway.kafka.configs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why configs of Kafka are not there: by name, or by the beginning of names, which is written with a star behind it. */
final class Refusals {
    private static final String ANYTHING = "*";

    private final List<Refusal> refusals = new ArrayList<>();

    /**
     * A refusal.
     *
     * @param reason goes behind "is not there:"
     */
    record Refusal(String pattern, String reason) {
        boolean holdsFor(String name) {
            return pattern.endsWith(ANYTHING)
                    ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                    : name.equals(pattern);
        }
    }

    Refusals refuse(String reason, String... patterns) {
        for (String pattern : patterns) {
            refusals.add(new Refusal(pattern, reason));
        }
        return this;
    }

    List<Refusal> all() {
        return List.copyOf(refusals);
    }

    /** The first reason that holds for the name. */
    Optional<String> reasonOf(String name) {
        return refusals.stream()
                .filter(refusal -> refusal.holdsFor(name))
                .map(Refusal::reason)
                .findFirst();
    }
}
