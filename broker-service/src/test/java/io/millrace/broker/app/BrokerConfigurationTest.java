package io.millrace.broker.app;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.broker.node.BrokerNode;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.model.Acks;
import io.millrace.core.model.Endpoint;
import io.millrace.core.model.TopicPartition;
import io.millrace.rpc.app.ListeningPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

class BrokerConfigurationTest {
    @TempDir
    Path data;

    private final InMemoryController controller = new InMemoryController();

    @Test
    void aBrokerRunsInASpringContextAndIsMeasured() {
        try (AnnotationConfigApplicationContext context = context()) {
            append(context.getBean(BrokerNode.class));
            MeterRegistry registry = context.getBean(MeterRegistry.class);

            assertThat(registry.get("kafka.server.brokertopicmetrics.bytesin")
                            .tag("topic", "orders")
                            .counter()
                            .count())
                    .isEqualTo(SmallBatches.of(1_000, "a").limit());
            assertThat(registry.get("millrace.log.fsync").timer().count()).isPositive();
            assertThat(registry.get("millrace.broker.append")
                            .tag("outcome", "done")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("millrace.log.directory.failed").gauge().value())
                    .isZero();
        }
    }

    @Test
    void twoProcessesNeverShareADirectory() {
        try (AnnotationConfigApplicationContext _ = context()) {
            long version = controller.image().version();

            assertThatThrownBy(this::context).rootCause().hasMessageContaining("is in use by another process");

            assertThat(controller.image().version())
                    .as("who has not got the directories does not register")
                    .isEqualTo(version);
        }
    }

    @Test
    void aBrokerRegistersUnderThePortThatIsReallyBound() {
        try (AnnotationConfigApplicationContext _ = context(() -> 4711)) {
            assertThat(controller.image().brokers().get(0))
                    .extracting(BrokerImage::endpoints, as(list(Endpoint.class)))
                    .containsExactly(new Endpoint("internal", "localhost", 4711));
        }
    }

    @Test
    void aBrokerTellsItsRack() {
        try (AnnotationConfigApplicationContext _ = context()) {
            assertThat(controller.image().brokers().get(0))
                    .extracting(BrokerImage::rack)
                    .isEqualTo("rack-b");
        }
    }

    @Test
    void aRestartFindsEverything() {
        try (AnnotationConfigApplicationContext context = context()) {
            assertThat(append(context.getBean(BrokerNode.class)).baseOffset()).isZero();
        }
        try (AnnotationConfigApplicationContext context = context()) {
            assertThat(append(context.getBean(BrokerNode.class)).baseOffset()).isEqualTo(1);
        }
    }

    private AnnotationConfigApplicationContext context() {
        return context(ListeningPort.NONE);
    }

    private AnnotationConfigApplicationContext context(ListeningPort port) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of("millrace.broker.log-directories", data.toString(), "millrace.broker.rack", "rack-b")));
        context.registerBean(ControllerApi.class, () -> controller);
        context.registerBean(ListeningPort.class, () -> port);
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.register(BrokerConfiguration.class);
        try {
            context.refresh();
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
        return context;
    }

    private Appended append(BrokerNode broker) {
        controller
                .createTopic(new CreateTopicRequest("orders", 1, 1, Map.of(), false))
                .resultNow();
        broker.logDirectories().orTimeout(30, TimeUnit.SECONDS).join();
        AppendRequest.Part part = new AppendRequest.Part(
                new TopicPartition("orders", 0), AppendRequest.ANY_EPOCH, SmallBatches.of(1_000, "a"));
        Outcome<Appended> outcome = broker.append(new AppendRequest(List.of(part), Acks.ALL, Duration.ofSeconds(30)))
                .orTimeout(30, TimeUnit.SECONDS)
                .join()
                .getFirst();
        return switch (outcome) {
            case Outcome.Done<Appended>(Appended appended) -> appended;
            case Outcome.Refused<Appended> refused ->
                throw new AssertionError(refused.refusal().message());
        };
    }
}
