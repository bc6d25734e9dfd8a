package io.millrace.core.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** How the controller contract asks, and waits for answers. */
public abstract class ControllerApiQuestions {
    protected static final int BROKER = 0;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The controller of this test, deciding already. */
    protected abstract ControllerApi controller();

    /** Lets the controller work, when it does so on the test's thread only. */
    protected void settle() {}

    protected final BrokerRegistered startBroker() throws Exception {
        BrokerRegistered registered = done(controller().registerBroker(registration(1, null)));
        done(heartbeat(registered, versionWith(registered), false));
        awaitUntil(
                "the broker in the picture",
                () -> controller().image().brokers().values().stream().noneMatch(BrokerImage::fenced));
        return registered;
    }

    /** The version of a picture that shows the broker as registered: pictures may follow answers a moment later. */
    protected final long versionWith(BrokerRegistered registered) throws InterruptedException {
        awaitUntil(
                "the registration in the picture",
                () -> controller().image().brokers().values().stream()
                        .anyMatch(broker -> broker.brokerEpoch() == registered.brokerEpoch()));
        return controller().image().version();
    }

    protected final void assertShown(TopicImage topic) throws InterruptedException {
        awaitUntil(
                topic + " in the picture",
                () -> controller().image().topic(topic.name()).equals(Optional.of(topic)));
    }

    protected final void awaitLeader(String topic, int leader) throws InterruptedException {
        awaitUntil(
                "leader " + leader,
                () -> controller().image().topic(topic).stream()
                        .anyMatch(image -> image.partitions().getFirst().leader() == leader));
    }

    /** The topics in a picture that is later than everything that was answered before, for what must not have happened. */
    protected final Map<String, TopicImage> topicsAfterwards() throws Exception {
        TopicImage afterwards = done(controller().createTopic(topic("afterwards", 1)));
        assertShown(afterwards);
        return controller().image().topics().minus(afterwards.name());
    }

    protected static CreateTopicRequest topic(String name, int partitions) {
        return new CreateTopicRequest(name, partitions, 1, Map.of(), false);
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

    private <T> T await(CompletableFuture<T> answer) throws Exception {
        settle();
        return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    protected final void awaitUntil(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        settle();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time for " + what).isLessThan(deadline);
            Thread.sleep(2);
        }
    }

    protected final CompletableFuture<Outcome<BrokerLease>> heartbeat(
            BrokerRegistered broker, long metadataVersion, boolean wantsShutdown) {
        return controller()
                .heartbeat(new BrokerHeartbeat(BROKER, broker.brokerEpoch(), metadataVersion, wantsShutdown));
    }

    protected static BrokerRegistration registration(int start, @Nullable String clusterId) {
        return new BrokerRegistration(
                BROKER, clusterId, new UUID(7, start), null, List.of(new Endpoint("internal", "127.0.0.1", 0)));
    }
}
