package io.millrace.gateway.rest.problem;

import io.millrace.gateway.errors.KafkaError;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Where the {@code type} links of errors lead: what each kind means, derived from the table that makes them. */
@RestController
public final class ErrorCatalogue {
    static final String PATH = "/docs/errors/";

    @GetMapping("/docs/errors")
    List<Entry> all() {
        return Arrays.stream(ProblemKind.values()).map(ErrorCatalogue::entry).toList();
    }

    @GetMapping("/docs/errors/{slug}")
    Entry one(@PathVariable String slug) {
        return Arrays.stream(ProblemKind.values())
                .filter(kind -> kind.slug().equals(slug))
                .map(ErrorCatalogue::entry)
                .findFirst()
                .orElseThrow(() -> Problem.of(ProblemKind.UNKNOWN_PATH, "There is no kind of error of that name.")
                        .asException());
    }

    private static Entry entry(ProblemKind kind) {
        KafkaError kafkaError = kind.kafkaError();
        return new Entry(
                PATH + kind.slug(),
                kind.title(),
                kind.status(),
                kind.errorCode(),
                kafkaError == null ? null : kafkaError.name(),
                kind.retryable());
    }

    /** The JSON shape of a kind of error. */
    record Entry(
            String type,
            String title,
            int status,
            int errorCode,
            @Nullable String kafkaError,
            boolean retryable) {}
}
