package io.millrace.rpc.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.Appended;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.RecordsSlice;
import io.millrace.core.api.Refusal;
import io.millrace.rpc.client.ClientLimits;
import io.millrace.rpc.server.ServerLimits;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class RoomTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final int VALUE_BYTES = 60_000;
    private static final List<Outcome<Appended>> APPENDED = List.of(Outcome.done(new Appended(0, 0, -1, 0)));

    private final HeldBroker held = new HeldBroker();

    private static ServerLimits server(long requestBytes, long answerBytes) {
        return new ServerLimits(1 << 20, 10, 100, 1 << 20, requestBytes, answerBytes, SHORT);
    }

    private static ClientLimits client(int maxMessageBytes, long connectionBytes, Duration roomPatience) {
        ClientLimits.Patience usual = Settings.PATIENCE;
        return new ClientLimits(
                maxMessageBytes,
                16 << 20,
                1 << 20,
                connectionBytes,
                16 << 20,
                16 << 20,
                new ClientLimits.Patience(
                        roomPatience,
                        usual.grace(),
                        usual.question(),
                        usual.connect(),
                        usual.reconnect(),
                        usual.keepAlive(),
                        usual.keepAliveTimeout()));
    }

    @Test
    void aRequestThatIsTooLargeNeverLeaves() {
        try (ServedBroker served = new ServedBroker(held);
                Clients clients = new Clients(client(50_000, 16 << 20, LONG))) {
            Refusal refusal = Asking.refusal(Asking.append(clients.to(served.port()), LONG, VALUE_BYTES));

            assertThat(refusal).isInstanceOfSatisfying(Refusal.TooLarge.class, tooLarge -> {
                assertThat(tooLarge.limitBytes()).isEqualTo(50_000);
                assertThat(tooLarge.sizeBytes()).isGreaterThan(VALUE_BYTES);
            });
            assertThat(held.hasAppends()).isFalse();
        }
    }

    @Test
    void aBrokerRefusesWhatIsTooLargeForIt() {
        try (ServedBroker served = new ServedBroker(held, Settings.BROKER, server(16 << 20, 1 << 20), 0);
                Clients clients = new Clients(client(8 << 20, 16 << 20, LONG))) {
            Refusal refusal = Asking.refusal(Asking.append(clients.to(served.port()), LONG, 2 << 20));

            assertThat(refusal).isInstanceOf(Refusal.InvalidRequest.class);
            assertThat(refusal.message()).contains("this process takes at most 1048576");
            assertThat(held.hasAppends()).isFalse();
        }
    }

    @Test
    void aBrokerWithoutRoomRefusesBeforeItReadsAndTakesAgainLater() {
        try (ServedBroker served = new ServedBroker(held, Settings.BROKER, server(100_000, 1 << 20), 0);
                Clients clients = new Clients()) {
            BrokerApi client = clients.to(served.port());
            var first = Asking.append(client, LONG, VALUE_BYTES);
            var underWay = held.nextAppend();

            Refusal refusal = Asking.refusal(Asking.append(client, LONG, VALUE_BYTES));

            assertThat(refusal)
                    .isInstanceOfSatisfying(
                            Refusal.Overloaded.class,
                            overloaded ->
                                    assertThat(overloaded.retryAfterMillis()).isPositive());
            assertThat(held.hasAppends()).isFalse();

            underWay.answer().complete(APPENDED);
            assertThat(Asking.outcome(first)).isInstanceOf(Outcome.Done.class);
            var second = Asking.append(client, LONG, VALUE_BYTES);
            held.nextAppend().answer().complete(APPENDED);
            assertThat(Asking.outcome(second)).isInstanceOf(Outcome.Done.class);
            awaitZero(served.room()::requestBytes);
        }
    }

    @Test
    void anAppendWhoseCallerIsGoneHoldsItsRoomUntilTheBrokerIsDoneWithIt() {
        try (ServedBroker served = new ServedBroker(held);
                Clients clients = new Clients()) {
            var append = Asking.append(clients.to(served.port()), LONG, VALUE_BYTES);
            var underWay = held.nextAppend();
            var fetch = Asking.fetch(clients.to(served.port()), LONG);
            var waiting = held.nextFetch();

            append.cancel(false);
            fetch.cancel(false);
            waiting.answer()
                    .handle((_, _) -> true)
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();

            assertThat(underWay.answer()).isNotDone();
            assertThat(served.room().requestBytes()).isGreaterThan(VALUE_BYTES);
            underWay.answer().complete(APPENDED);
            awaitZero(served.room()::requestBytes);
        }
    }

    @Test
    void requestsWaitInLineForRoomOnTheirConnection() {
        try (ServedBroker served = new ServedBroker(held);
                Clients clients = new Clients(client(100_000, 100_000, LONG))) {
            BrokerApi client = clients.to(served.port());
            var first = Asking.append(client, LONG, VALUE_BYTES);
            var underWay = held.nextAppend();
            var second = Asking.append(client, LONG, VALUE_BYTES);
            assertThat(held.hasAppends()).isFalse();

            underWay.answer().complete(APPENDED);
            held.nextAppend().answer().complete(APPENDED);

            assertThat(Asking.outcome(first)).isInstanceOf(Outcome.Done.class);
            assertThat(Asking.outcome(second)).isInstanceOf(Outcome.Done.class);
            awaitZero(clients.room()::requestBytes);
        }
    }

    @Test
    void aRequestForWhichNoRoomComesFreeIsRefused() {
        try (ServedBroker served = new ServedBroker(held);
                Clients clients = new Clients(client(100_000, 100_000, SHORT))) {
            BrokerApi client = clients.to(served.port());
            var _ = Asking.append(client, LONG, VALUE_BYTES);
            held.nextAppend();

            assertThat(Asking.refusal(Asking.append(client, LONG, VALUE_BYTES))).isInstanceOf(Refusal.Overloaded.class);
        }
    }

    @Test
    void readsWaitForRoomAndAreRefusedWhenNoneComesFree() {
        SlowSlice slow = new SlowSlice();
        try (ServedBroker served = new ServedBroker(held, Settings.BROKER, server(1 << 20, slow.sizeInBytes()), 0);
                Clients clients = new Clients()) {
            BrokerApi client = clients.to(served.port());
            var first = Asking.fetch(client, LONG);
            held.nextFetch().answer().complete(List.of(Outcome.done(new Fetched(slow, 0, 1, 1))));
            slow.awaitReader();
            var second = Asking.fetch(client, LONG);
            held.nextFetch().answer().complete(List.of(Outcome.done(new Fetched(slow, 0, 1, 1))));

            assertThat(Asking.refusal(second)).isInstanceOf(Refusal.Overloaded.class);

            slow.goOn();
            assertThat(Asking.outcome(first)).isInstanceOf(Outcome.Done.class);
            awaitZero(served.room()::answerBytes);
            awaitZero(clients.room()::answerBytes);
        }
    }

    private static void awaitZero(LongSupplier bytes) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (bytes.getAsLong() != 0) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** Records whose disk is slow. */
    private static final class SlowSlice implements RecordsSlice {
        private final CountDownLatch reading = new CountDownLatch(1);
        private final CountDownLatch read = new CountDownLatch(1);

        @Override
        public int sizeInBytes() {
            return 1000;
        }

        @Override
        public ByteBuffer read() {
            reading.countDown();
            await(read);
            return ByteBuffer.allocate(sizeInBytes());
        }

        @Override
        public long transferTo(long position, WritableByteChannel to) {
            throw new UnsupportedOperationException();
        }

        void awaitReader() {
            await(reading);
        }

        void goOn() {
            read.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
