package io.millrace.gateway.remote;

import static io.millrace.gateway.remote.RoutedWorld.LONG;
import static io.millrace.gateway.remote.RoutedWorld.MUCH;
import static io.millrace.gateway.remote.RoutedWorld.valuesIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.PartitionImage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoutedFetchTest {
    private final RoutedWorld world = new RoutedWorld();

    @BeforeEach
    void createTopic() {
        world.createTopic("orders", 0, 1, 2);
    }

    @Test
    void whatIsThereComesFromAllBrokersAtOnceAndInOrder() {
        world.now(world.append("orders-0", "orders-2"));

        List<Outcome<Fetched>> outcomes = world.now(world.fetch(1, MUCH, LONG, "orders-2", "orders-1", "orders-0"));

        assertThat(valuesIn(outcomes.get(0))).containsExactly("for orders-2");
        assertThat(valuesIn(outcomes.get(1))).isEmpty();
        assertThat(valuesIn(outcomes.get(2))).containsExactly("for orders-0");
    }

    @Test
    void theFirstBrokerWithEnoughEndsTheWait() {
        CompletableFuture<List<Outcome<Fetched>>> fetch =
                world.fetch(1, MUCH, LONG, "orders-0", "orders-1", "orders-2");
        world.pass(Duration.ofSeconds(3));
        assertThat(fetch).isNotDone();

        world.now(world.append("orders-1"));

        List<Outcome<Fetched>> outcomes = world.now(fetch);
        assertThat(valuesIn(outcomes.get(0))).isEmpty();
        assertThat(valuesIn(outcomes.get(1))).containsExactly("for orders-1");
        assertThat(valuesIn(outcomes.get(2))).isEmpty();
    }

    @Test
    void bytesOfAllBrokersCountTowardsWhatIsEnough() {
        world.now(world.append("orders-0"));
        int size = ((Outcome.Done<Fetched>) world.now(world.fetch(0, MUCH, Duration.ZERO, "orders-0"))
                        .getFirst())
                .value()
                .records()
                .sizeInBytes();
        CompletableFuture<List<Outcome<Fetched>>> fetch = world.fetch(2 * size, MUCH, LONG, "orders-0", "orders-1");
        world.loop.runUntilIdle();
        assertThat(fetch).isNotDone();

        world.now(world.append("orders-1"));

        List<Outcome<Fetched>> outcomes = world.now(fetch);
        assertThat(valuesIn(outcomes.get(0))).containsExactly("for orders-0");
        assertThat(valuesIn(outcomes.get(1))).containsExactly("for orders-1");
    }

    @Test
    void theWaitEndsWithWhatThereIs() {
        world.now(world.append("orders-0"));
        CompletableFuture<List<Outcome<Fetched>>> fetch =
                world.fetch(MUCH, MUCH, Duration.ofSeconds(2), "orders-0", "orders-1");
        world.pass(Duration.ofMillis(1999));
        assertThat(fetch).isNotDone();

        world.pass(Duration.ofMillis(1));

        assertThat(valuesIn(world.now(fetch).get(0))).containsExactly("for orders-0");
    }

    @Test
    void aPartThatThePictureRefusesEndsTheWaitOfTheOthers() {
        world.createTopic("payments", PartitionImage.NO_LEADER);

        List<Outcome<Fetched>> outcomes = world.now(world.fetch(1, MUCH, LONG, "orders-0", "payments-0", "orders-1"));

        assertThat(valuesIn(outcomes.get(0))).isEmpty();
        assertThat(RoutedBrokersTest.refusal(outcomes.get(1))).isInstanceOf(Refusal.LeaderNotAvailable.class);
        assertThat(valuesIn(outcomes.get(2))).isEmpty();
    }

    @Test
    void aBrokerThatHangsIsLeftOut() {
        SilentBroker silent = new SilentBroker();
        world.instead.put(1, silent);
        world.now(world.append("orders-0"));
        CompletableFuture<List<Outcome<Fetched>>> fetch = world.fetch(1, MUCH, LONG, "orders-0", "orders-1");
        world.loop.runUntilIdle();
        assertThat(fetch).isNotDone();

        world.pass(RoutedWorld.STRAGGLER);

        List<Outcome<Fetched>> outcomes = fetch.resultNow();
        assertThat(valuesIn(outcomes.get(0))).containsExactly("for orders-0");
        assertThat(RoutedBrokersTest.refusal(outcomes.get(1))).isInstanceOf(Refusal.LeaderNotAvailable.class);
        assertThat(silent.asked()).allMatch(CompletableFuture::isCancelled);
    }

    @Test
    void allBrokersTogetherStayWithinTheLimit() {
        world.now(world.append("orders-0", "orders-1", "orders-2"));
        int size = ((Outcome.Done<Fetched>) world.now(world.fetch(0, MUCH, Duration.ZERO, "orders-0"))
                        .getFirst())
                .value()
                .records()
                .sizeInBytes();

        List<Outcome<Fetched>> outcomes = world.now(world.fetch(1, 2 * size, LONG, "orders-0", "orders-1", "orders-2"));

        assertThat(valuesIn(outcomes.get(0))).containsExactly("for orders-0");
        assertThat(valuesIn(outcomes.get(1))).containsExactly("for orders-1");
        assertThat(valuesIn(outcomes.get(2))).isEmpty();
    }

    @Test
    void cancellingWithdrawsItFromEveryBroker() {
        SilentBroker silent = new SilentBroker();
        world.instead.put(1, silent);
        world.instead.put(2, silent);
        CompletableFuture<List<Outcome<Fetched>>> fetch = world.fetch(1, MUCH, LONG, "orders-1", "orders-2");
        world.loop.runUntilIdle();
        assertThat(silent.asked()).hasSize(2);

        fetch.cancel(false);
        world.loop.runUntilIdle();

        assertThat(silent.asked()).allMatch(CompletableFuture::isCancelled);
    }
}
