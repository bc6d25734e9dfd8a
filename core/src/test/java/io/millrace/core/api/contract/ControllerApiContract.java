package io.millrace.core.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every controller holds, whatever its memory. Each test begins with a cluster in which nothing has happened. */
public abstract class ControllerApiContract {
    private static final int BROKER = 0;

    /** The controller of this test, deciding already. */
    protected abstract ControllerApi controller();

    /** Waits, within bounds, for an answer. */
    protected <T> T await(CompletableFuture<T> answer) throws Exception {
        return answer.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aTopicHasTheLeaderThatIsThere() throws Exception {
        startBroker();

        TopicImage topic = done(controller().createTopic(topic("orders", 3)));

        assertThat(topic.name()).isEqualTo("orders");
        assertThat(topic.partitions())
                .extracting(PartitionImage::partition, PartitionImage::leader, PartitionImage::leaderEpoch)
                .containsExactly(tuple(0), tuple(1), tuple(2));
    }

    @Test
    void aTopicOfThatNameIsRefused() throws Exception {
        startBroker();
        done(controller().createTopic(topic("orders", 3)));

        assertThat(refusal(controller().createTopic(topic("orders", 1)))).isInstanceOf(Refusal.TopicExists.class);
    }

    protected static CreateTopicRequest topic(String name, int partitions) {
        return new CreateTopicRequest(name, partitions, 1, Map.of(), false);
    }

    protected final void startBroker() throws Exception {
        BrokerRegistered registered = done(controller().registerBroker(registration()));
        long version = controller().image().version();
        done(controller().heartbeat(new BrokerHeartbeat(BROKER, registered.brokerEpoch(), version, false)));
    }

    protected final <T> T done(CompletableFuture<Outcome<T>> answer) throws Exception {
        return switch (await(answer)) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(Refusal refusal) -> throw new AssertionError(refusal.message());
        };
    }

    protected final <T> Refusal refusal(CompletableFuture<Outcome<T>> answer) throws Exception {
        return switch (await(answer)) {
            case Outcome.Done<T>(T value) -> throw new AssertionError("Not refused: " + value);
            case Outcome.Refused<T>(Refusal refusal) -> refusal;
        };
    }

    private static BrokerRegistration registration() {
        return new BrokerRegistration(
                BROKER, null, new UUID(7, 1), null, List.of(new Endpoint("internal", "127.0.0.1", 0)));
    }

    private static org.assertj.core.groups.Tuple tuple(int partition) {
        return org.assertj.core.groups.Tuple.tuple(partition, BROKER, 0);
    }
}
