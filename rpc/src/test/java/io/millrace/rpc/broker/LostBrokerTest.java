package io.millrace.rpc.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.Appended;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.rpc.client.ClientLimits;
import io.millrace.rpc.server.ServerLimits;
import io.millrace.rpc.wire.BrokerAddressed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LostBrokerTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Clients clients = new Clients(impatient());
    private final HeldBroker held = new HeldBroker();

    /** A grace so short that the tests see its end. */
    private static ClientLimits impatient() {
        ClientLimits.Patience usual = Settings.PATIENCE;
        return new ClientLimits(
                Settings.CLIENT.maxMessageBytes(),
                Settings.CLIENT.maxAnswerBytes(),
                Settings.CLIENT.flowControlWindowBytes(),
                Settings.CLIENT.connectionBytesInFlightMax(),
                Settings.CLIENT.requestBytesInFlightMax(),
                Settings.CLIENT.answerBytesInFlightMax(),
                new ClientLimits.Patience(
                        usual.room(),
                        Duration.ofMillis(300),
                        Duration.ofMillis(300),
                        usual.connect(),
                        usual.reconnect(),
                        usual.keepAlive(),
                        usual.keepAliveTimeout()));
    }

    @AfterEach
    void stop() {
        clients.close();
    }

    @Test
    void aDeadBrokerIsToldApartAtOnceAndByName() throws IOException {
        BrokerApi dead = clients.to(freePort());
        long start = System.nanoTime();

        Refusal append = Asking.refusal(Asking.append(dead, LONG, 10));
        Refusal fetch = Asking.refusal(Asking.fetch(dead, LONG));

        assertThat(append).isInstanceOf(Refusal.LeaderNotAvailable.class);
        assertThat(append.message())
                .startsWith("Partition orders-0 is led by broker 7 (127.0.0.1:")
                .contains("it cannot be reached");
        assertThat(fetch).isInstanceOf(Refusal.LeaderNotAvailable.class);
        assertThat(dead.logDirectories().join()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
    }

    @Test
    void aBrokerThatIsBackIsReachedAgainSoon() {
        try (TwinBroker twin = new TwinBroker()) {
            twin.createTopic("orders", 1, Map.of());
            ServedBroker first = new ServedBroker(twin.broker());
            int port = first.port();
            BrokerApi client = clients.to(port);
            assertThat(Asking.outcome(Asking.append(client, LONG, 10))).isInstanceOf(Outcome.Done.class);
            first.close();
            // As many failures as gRPC's own pauses would need to grow to many seconds.
            // The first may still have gone onto the connection that is being closed.
            for (int i = 0; i < 50; i++) {
                assertThat(Asking.refusal(Asking.append(client, LONG, 10)))
                        .isInstanceOfAny(Refusal.LeaderNotAvailable.class, Refusal.TimedOut.class);
            }

            try (ServedBroker second = new ServedBroker(twin.broker(), Settings.BROKER, Settings.SERVER, port)) {
                assertThat(second.port()).isEqualTo(port);
                long back = System.nanoTime();
                while (Asking.outcome(Asking.append(client, LONG, 10)) instanceof Outcome.Refused) {
                    assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(Duration.ofSeconds(5));
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Test
    void whatABrokerWasSentBeforeItWasLostMayStand() {
        ServedBroker served = new ServedBroker(held);
        BrokerApi client = clients.to(served.port());
        var append = Asking.append(client, LONG, 10);
        var fetch = Asking.fetch(client, LONG);
        held.nextAppend();
        held.nextFetch();

        served.close();

        assertThat(Asking.refusal(append)).isInstanceOf(Refusal.TimedOut.class);
        assertThat(Asking.refusal(fetch)).isInstanceOf(Refusal.LeaderNotAvailable.class);
    }

    @Test
    void aHungBrokerCostsNoMoreThanTheTimeoutAndAGrace() {
        try (ServedBroker served = new ServedBroker(held)) {
            BrokerApi client = clients.to(served.port());

            assertThat(Asking.refusal(Asking.append(client, SHORT, 10))).isInstanceOf(Refusal.TimedOut.class);
            assertThat(Asking.refusal(Asking.fetch(client, SHORT))).isInstanceOf(Refusal.LeaderNotAvailable.class);
            assertThat(client.logDirectories().join()).isEmpty();
        }
    }

    @Test
    void readsThatWaitLeaveTheWayFreeForAppends() {
        ServerLimits twoCalls =
                new ServerLimits(Settings.MESSAGE_BYTES_MAX, 10, 2, 1 << 20, 16 << 20, 16 << 20, Duration.ofSeconds(5));
        try (ServedBroker served = new ServedBroker(held, Settings.BROKER, twoCalls, 0)) {
            BrokerApi client = clients.to(served.port());
            for (int i = 0; i < 2; i++) {
                var _ = Asking.fetch(client, LONG.multipliedBy(6));
                held.nextFetch();
            }

            var append = Asking.append(client, LONG, 10);
            held.nextAppend().answer().complete(List.of(Outcome.done(new Appended(0, 0, -1, 0))));

            assertThat(Asking.outcome(append)).isInstanceOf(Outcome.Done.class);
        }
    }

    @Test
    void aFetchThatIsCancelledIsWithdrawnAtTheBroker() {
        try (ServedBroker served = new ServedBroker(held)) {
            var fetch = Asking.fetch(clients.to(served.port()), LONG);
            var arrived = held.nextFetch();

            fetch.cancel(false);

            assertThat(arrived.answer()
                            .handle((outcomes, failure) -> failure)
                            .orTimeout(30, TimeUnit.SECONDS)
                            .join())
                    .isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void aFetchWhoseTimeIsOverIsWithdrawnAtTheBroker() {
        try (ServedBroker served = new ServedBroker(held)) {
            var fetch = Asking.fetch(clients.to(served.port()), SHORT);
            var arrived = held.nextFetch();

            assertThat(Asking.refusal(fetch)).isInstanceOf(Refusal.LeaderNotAvailable.class);

            assertThat(arrived.answer()
                            .handle((outcomes, failure) -> failure)
                            .orTimeout(30, TimeUnit.SECONDS)
                            .join())
                    .isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void anotherProcessThanTheOneMeantRefuses() {
        try (ServedBroker served = new ServedBroker(held)) {
            int port = served.port();
            BrokerAddressed otherCluster = new BrokerAddressed("cluster-2", 7, 41);
            BrokerAddressed otherBroker = new BrokerAddressed("cluster-1", 8, 41);
            BrokerAddressed laterLife = new BrokerAddressed("cluster-1", 7, 42);

            for (BrokerAddressed other : new BrokerAddressed[] {otherCluster, otherBroker, laterLife}) {
                Refusal append = Asking.refusal(Asking.append(clients.to(other, port), LONG, 10));
                Refusal fetch = Asking.refusal(Asking.fetch(clients.to(other, port), LONG));
                assertThat(append).isInstanceOf(Refusal.LeaderNotAvailable.class);
                assertThat(append.message())
                        .contains("The request is meant for " + other + "; this is " + Settings.BROKER);
                assertThat(fetch).isInstanceOf(Refusal.LeaderNotAvailable.class);
            }
            assertThat(held.hasAppends()).isFalse();
        }
    }

    @Test
    void whoDoesNotKnowTheEpochIsServedByAnyLifeOfTheBroker() {
        try (TwinBroker twin = new TwinBroker();
                ServedBroker served = new ServedBroker(twin.broker())) {
            twin.createTopic("orders", 1, Map.of());
            BrokerAddressed anyLife = new BrokerAddressed("cluster-1", 7, BrokerAddressed.ANY_EPOCH);

            assertThat(Asking.outcome(Asking.append(clients.to(anyLife, served.port()), LONG, 10)))
                    .isInstanceOf(Outcome.Done.class);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
