package io.millrace.gateway.remote;

import static io.millrace.gateway.remote.RoutedWorld.MUCH;
import static io.millrace.gateway.remote.RoutedWorld.named;
import static io.millrace.gateway.remote.RoutedWorld.valuesIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.FetchRequest.ServedBy;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.twin.UnaskedBroker;
import io.millrace.core.model.IsolationLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Readers are in rack b, where broker 1 is; brokers 0 and 2 are in rack a. Each broker has a value of its own. */
class NearestFetchTest {
    private final RoutedWorld world = new RoutedWorld("b");

    @BeforeEach
    void createTopics() {
        world.picture.showBrokerIn(0, "a");
        world.picture.showBrokerIn(1, "b");
        world.picture.showBrokerIn(2, "a");
        world.createTopic("orders", 0, 2);
        world.picture.showReplicas("orders", 0, List.of(0, 1), List.of(0, 1), 0);
        world.picture.showReplicas("orders", 1, List.of(2, 1), List.of(2), 2);
        for (int broker = 0; broker < 3; broker++) {
            world.appendAt(broker, "orders-0");
            world.appendAt(broker, "orders-1");
        }
    }

    @Test
    void aReplicaInSyncInTheRackOfTheReadersServesThem() {
        assertThat(valuesIn(fetch(ServedBy.ANY_REPLICA, "orders-0").getFirst())).containsExactly("orders-0 at 1");
    }

    @Test
    void aReadThatIsForTheLeaderGoesThere() {
        assertThat(valuesIn(fetch(ServedBy.LEADER, "orders-0").getFirst())).containsExactly("orders-0 at 0");
    }

    @Test
    void aReplicaOutOfSyncServesNobody() {
        assertThat(valuesIn(fetch(ServedBy.ANY_REPLICA, "orders-1").getFirst())).containsExactly("orders-1 at 2");
    }

    @Test
    void aReplicaWhoseBrokerIsDownServesNobody() {
        world.picture.showBroker(1, 1, true);

        assertThat(valuesIn(fetch(ServedBy.ANY_REPLICA, "orders-0").getFirst())).containsExactly("orders-0 at 0");
    }

    @Test
    void whatAFollowerRefusesTheLeaderIsAsked() {
        List<FetchRequest> asked = refuseAtBroker1(new Refusal.OffsetOutOfRange(named("orders-0"), 7, 0, 5));

        List<Outcome<Fetched>> outcomes = fetch(ServedBy.ANY_REPLICA, "orders-1", "orders-0");

        assertThat(asked).isNotEmpty();
        assertThat(valuesIn(outcomes.get(0))).containsExactly("orders-1 at 2");
        assertThat(valuesIn(outcomes.get(1))).containsExactly("orders-0 at 0");
    }

    @Test
    void aReplicaInThisProcessServesBeforeOneInTheRack() {
        RoutedWorld here = new RoutedWorld(new ReaderPlace(Optional.of("b"), OptionalInt.of(2)));
        here.picture.showBrokerIn(1, "b");
        here.createTopic("orders", 0);
        here.picture.showReplicas("orders", 0, List.of(0, 1, 2), List.of(0, 1, 2), 0);
        for (int broker = 0; broker < 3; broker++) {
            here.appendAt(broker, "orders-0");
        }

        List<Outcome<Fetched>> outcomes = here.now(here.brokers.fetch(request(ServedBy.ANY_REPLICA, "orders-0")));

        assertThat(valuesIn(outcomes.getFirst())).containsExactly("orders-0 at 2");
    }

    @Test
    void leadersAreNotAllowedToServeAsFollowersWhenNoRackIsKnown() {
        RoutedWorld anywhere = new RoutedWorld();
        anywhere.createTopic("orders", 1);
        List<FetchRequest> asked = new ArrayList<>();
        anywhere.instead.put(1, refusing(asked, new Refusal.NotLeader(named("orders-0"))));

        anywhere.now(anywhere.brokers.fetch(request(ServedBy.ANY_REPLICA, "orders-0")));

        assertThat(asked).extracting(FetchRequest::servedBy).containsExactly(ServedBy.LEADER);
    }

    private List<FetchRequest> refuseAtBroker1(Refusal refusal) {
        List<FetchRequest> asked = new ArrayList<>();
        world.instead.put(1, refusing(asked, refusal));
        return asked;
    }

    private static UnaskedBroker refusing(List<FetchRequest> asked, Refusal refusal) {
        return new UnaskedBroker() {
            @Override
            public CompletableFuture<List<Outcome<Fetched>>> fetch(FetchRequest request) {
                asked.add(request);
                return CompletableFuture.completedFuture(request.parts().stream()
                        .map(part -> Outcome.<Fetched>refused(refusal))
                        .toList());
            }
        };
    }

    private List<Outcome<Fetched>> fetch(ServedBy servedBy, String... partitions) {
        return world.now(world.brokers.fetch(request(servedBy, partitions)));
    }

    private static FetchRequest request(ServedBy servedBy, String... partitions) {
        return new FetchRequest(
                Stream.of(partitions)
                        .map(name -> new FetchRequest.Part(named(name), AppendRequest.ANY_EPOCH, 0, MUCH))
                        .toList(),
                1,
                MUCH,
                Duration.ZERO,
                IsolationLevel.READ_UNCOMMITTED,
                servedBy);
    }
}
