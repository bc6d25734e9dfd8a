package io.millrace.cli.bench;

import io.millrace.cli.session.CommandFailure;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Where the load goes and when it ends; picocli fills it in. */
final class LoadOptions {
    private static final Duration DURATION_MAX = Duration.ofHours(1);
    private static final int STREAMS_MAX = 1_000;

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description = "The topic (default: bench), created when it is not there.")
    private String topic = "bench";

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of a topic that is created (default: 4).")
    private int partitions = 4;

    @Option(
            names = "--records",
            paramLabel = "N",
            description = "End after so many measured records (default: only --duration ends it).")
    private long records = Long.MAX_VALUE;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            description = "End after so long a time of measuring (default: 10s; at most 1h).")
    private Duration duration = Duration.ofSeconds(10);

    @Option(
            names = "--warm-up",
            paramLabel = "DURATION",
            description = "Load before the measuring begins (default: 3s).")
    private Duration warmUp = Duration.ofSeconds(3);

    @Option(
            names = {"--streams", "--concurrency"},
            paramLabel = "N",
            description = "Clients at a time, each with a connection of its own (default: 1).")
    private int streams = 1;

    /** The course that the load takes, which begins now. */
    Course begin() {
        return new Course(warmUp, duration, records);
    }

    /** Fails where an option is out of its range. */
    void check() {
        if (records < 1 || duration.compareTo(DURATION_MAX) > 0 || warmUp.compareTo(DURATION_MAX) > 0) {
            throw CommandFailure.usage(
                    "A load has at least one record, and lasts and warms up for at most an hour each.");
        }
        if (streams < 1 || streams > STREAMS_MAX) {
            throw CommandFailure.usage("There can be 1 to " + STREAMS_MAX + " --streams.");
        }
    }

    String topic() {
        return topic;
    }

    int partitions() {
        return partitions;
    }

    int streams() {
        return streams;
    }
}
