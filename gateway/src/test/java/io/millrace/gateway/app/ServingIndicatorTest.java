package io.millrace.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.twin.InMemoryBroker;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.environment.live.SystemClock;
import io.millrace.core.environment.live.ThreadEventLoops;
import io.millrace.gateway.health.ClusterHealth;
import io.millrace.gateway.routing.MetadataView;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class ServingIndicatorTest {
    private final ThreadEventLoops loops = new ThreadEventLoops("loop", 1, (thread, bug) -> {});
    private final EventLoop loop = loops.all().getFirst();
    private final InMemoryBroker broker = new InMemoryBroker(loop, new SystemClock());
    private final InMemoryController controller = InMemoryController.withBroker();

    @AfterEach
    void stop() {
        loops.close();
    }

    @Test
    void aGatewayBeforeABrokerThatLeadsIsUp() {
        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aBrokerThatMayNotLeadTakesItOutOfServiceAndSaysWhy() {
        controller.heartbeat(new BrokerHeartbeat(0, 1, 0, true)).join();

        assertThat(health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health().getDetails().get("reasons")).asString().contains("Broker 0 is down");
    }

    @Test
    void aTopicInTroubleIsToldButTakesNothingOutOfService() {
        controller
                .createTopic(new CreateTopicRequest("orders", 1, 1, Map.of("min.insync.replicas", "2"), false))
                .join();

        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(health().getDetails().get("reasons")).asString().contains("min.insync.replicas");
    }

    private Health health() {
        ClusterHealth cluster =
                new ClusterHealth(broker, controller, new MetadataView(controller), loop, Duration.ofSeconds(2));
        return new ServingIndicator(cluster).health();
    }
}
