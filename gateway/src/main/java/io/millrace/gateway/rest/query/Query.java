package io.millrace.gateway.rest.query;

import io.millrace.gateway.rest.problem.Problem;
import io.millrace.gateway.rest.problem.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request's query. One that is not known, or comes twice, is refused: whoever mistypes
 * {@code partition} must not find the record elsewhere.
 */
public final class Query {
    private final Map<String, String[]> parameters;

    private Query(Map<String, String[]> parameters) {
        this.parameters = parameters;
    }

    /**
     * Takes the parameters.
     *
     * @param known their names; one that ends in a dot stands for all that begin so
     */
    public static Query of(HttpServletRequest request, List<String> known) {
        Map<String, String[]> parameters = new TreeMap<>(request.getParameterMap());
        parameters.forEach((name, values) -> {
            if (known.stream().noneMatch(one -> one.equals(name) || (one.endsWith(".") && name.startsWith(one)))) {
                throw wrong("There is no parameter '" + PlainValues.shortened(name) + "' here; there are "
                        + String.join(", ", known) + ".");
            }
            if (values.length > 1) {
                throw wrong("The parameter '" + PlainValues.shortened(name) + "' is there twice.");
            }
        });
        return new Query(parameters);
    }

    /** The value as it is. */
    public Optional<String> text(String name) {
        String[] values = parameters.get(name);
        return values == null ? Optional.empty() : Optional.of(values[0]);
    }

    /** All parameters that begin so, by the rest of their name. */
    public Map<String, String> beginningWith(String prefix) {
        Map<String, String> found = new TreeMap<>();
        parameters.forEach((name, values) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), values[0]);
            }
        });
        return found;
    }

    /** A number from least to most. */
    public OptionalLong number(String name, long least, long most) {
        @Nullable String text = text(name).orElse(null);
        if (text == null) {
            return OptionalLong.empty();
        }
        OptionalLong number = PlainValues.number(text);
        if (number.isEmpty() || number.getAsLong() < least || number.getAsLong() > most) {
            throw not(name, text, "a number from " + least + " to " + most);
        }
        return number;
    }

    /** A partition number. */
    public OptionalInt partition(String name) {
        @Nullable String text = text(name).orElse(null);
        if (text == null) {
            return OptionalInt.empty();
        }
        OptionalInt partition = PlainValues.partition(text);
        if (partition.isEmpty()) {
            throw not(name, text, "a partition number, which is 0 or more");
        }
        return partition;
    }

    /** A timestamp in milliseconds. */
    public OptionalLong timestampMillis(String name) {
        @Nullable String text = text(name).orElse(null);
        if (text == null) {
            return OptionalLong.empty();
        }
        OptionalLong millis = PlainValues.timestampMillis(text);
        if (millis.isEmpty()) {
            throw not(name, text, "a time of RFC 3339 since 1970, or milliseconds since then");
        }
        return millis;
    }

    /** A duration of at most so much. */
    public Optional<Duration> duration(String name, Duration most) {
        return text(name)
                .map(text -> PlainValues.duration(text)
                        .filter(duration -> duration.compareTo(most) <= 0)
                        .orElseThrow(() ->
                                not(name, text, "a duration such as 250ms or 5s, at most " + most.toMillis() + "ms")));
    }

    /** One of the values that have a name. */
    public <T> Optional<T> oneOf(String name, SequencedMap<String, T> choices) {
        return text(name).map(text -> {
            T choice = choices.get(text);
            if (choice == null) {
                throw not(name, text, "one of " + String.join(", ", choices.keySet()));
            }
            return choice;
        });
    }

    /** The error for a query that makes no sense. */
    public static RuntimeException wrong(String detail) {
        return Problem.of(ProblemKind.INVALID_REQUEST, detail).asException();
    }

    private static RuntimeException not(String name, String text, String what) {
        return wrong("'" + PlainValues.shortened(text) + "' is not what " + name + " can be: " + what + ".");
    }
}
