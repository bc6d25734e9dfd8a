package io.millrace.gateway.rest.problem;

import io.millrace.gateway.errors.KafkaError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * One occurrence of an error.
 *
 * @param detail a full sentence for the person at the other end, without any name from our code
 * @param hint a command that helps, or null
 * @param retryAfter when to try again, or null
 * @param facts further members of the body, for example the limit that was passed
 */
public record Problem(
        ProblemKind kind,
        String detail,
        @Nullable String hint,
        @Nullable Duration retryAfter,
        SequencedMap<String, Object> facts) {
    /** An error that only words describe. */
    public static Problem of(ProblemKind kind, String detail) {
        return new Problem(kind, detail, null, null, new LinkedHashMap<>());
    }

    /** The same with a command that helps. */
    public Problem withHint(String command) {
        return new Problem(kind, detail, command, retryAfter, facts);
    }

    /** The same with the time after which to try again. */
    public Problem withRetryAfter(Duration delay) {
        return new Problem(kind, detail, hint, delay, facts);
    }

    /** The same with a further member in its body. */
    public Problem with(String name, Object fact) {
        LinkedHashMap<String, Object> more = new LinkedHashMap<>(facts);
        more.put(name, fact);
        return new Problem(kind, detail, hint, retryAfter, more);
    }

    /** The exception that ends a request with this problem. */
    public ProblemException asException() {
        return new ProblemException(this);
    }

    /** The members of the body that do not depend on the request, in their order. */
    public SequencedMap<String, Object> members() {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("type", ErrorCatalogue.PATH + kind.slug());
        members.put("title", kind.title());
        members.put("status", kind.status());
        members.put("detail", detail);
        members.put("error_code", kind.errorCode());
        members.put("message", detail);
        KafkaError kafkaError = kind.kafkaError();
        putIfPresent(members, "kafka_error", kafkaError == null ? null : kafkaError.name());
        members.put("retryable", kind.retryable());
        putIfPresent(members, "hint", hint);
        members.putAll(facts);
        return members;
    }

    private static void putIfPresent(Map<String, Object> members, String name, @Nullable String value) {
        if (value != null) {
            members.put(name, value);
        }
    }
}
