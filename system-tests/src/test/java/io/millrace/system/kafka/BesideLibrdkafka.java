package io.millrace.system.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.system.cluster.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A flow through librdkafka beside that of another client, where this machine has it; otherwise there is none. */
public final class BesideLibrdkafka implements AutoCloseable {
    private static final int FLOW = 300;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final @Nullable LibrdkafkaFlow flow;

    private BesideLibrdkafka(@Nullable LibrdkafkaFlow flow) {
        this.flow = flow;
    }

    /** Begins to write to that topic and to read it. */
    public static BesideLibrdkafka start(String bootstrap, String topic, Path folder) throws IOException {
        return new BesideLibrdkafka(
                LibrdkafkaFlow.absence().isEmpty() ? LibrdkafkaFlow.start(bootstrap, topic, folder) : null);
    }

    /** Waits until the consumer has read on for a while. */
    public void awaitFlow() {
        LibrdkafkaFlow here = flow;
        if (here != null) {
            long read = here.read() + FLOW;
            Await.until("the consumer of librdkafka to read on", LIMIT, () -> here.read() >= read);
        }
    }

    /** Ends the writing; fails unless everything was read, once, and in the order of each partition. */
    public void requireEachOnce() throws IOException, InterruptedException {
        LibrdkafkaFlow here = flow;
        if (here == null) {
            return;
        }
        here.stopWriting();
        Await.until("everything of librdkafka to be read", LIMIT, () -> here.read() >= here.written());
        assertThat(here.seen().stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, here.written()).boxed().toList());
        assertThat(here.seen()).allSatisfy(partition -> assertThat(partition).isSorted());
    }

    @Override
    public void close() {
        if (flow != null) {
            flow.close();
        }
    }
}
