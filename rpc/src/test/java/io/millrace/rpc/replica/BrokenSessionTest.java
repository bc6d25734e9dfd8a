package io.millrace.rpc.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.RecordsSlice;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaSession;
import io.millrace.core.model.Endpoint;
import io.millrace.rpc.transport.SessionOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BrokenSessionTest {
    /** Quick to notice silence, so that tests need not wait for it. */
    private static final SessionOptions QUICK = new SessionOptions(
            Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofMillis(200), 2, 1 << 20, 512 << 10);

    private final TwinLeader leader = new TwinLeader();
    private final ServedLeader served = new ServedLeader(leader, QUICK);
    private final Followers followers = new Followers(QUICK);
    private final HeardListener follower = new HeardListener();

    @AfterEach
    void stop() {
        followers.close();
        served.close();
    }

    @Test
    void bothSidesHearOfAConnectionThatBreaks() throws Exception {
        ReplicaSession session = followers.to(served.port()).open(Said.HELLO, follower);
        TwinLeader.Session atLeader = leader.next();

        served.close();

        assertThat(follower.nextEnd())
                .isInstanceOfSatisfying(
                        Refusal.TimedOut.class,
                        why -> assertThat(why.message()).startsWith("The session with broker 1 (127.0.0.1:"));
        atLeader.awaitFollowersEnd();
        session.pull(Said.pull(1));
        session.close();
        assertThat(follower.hasHeardNothingElse()).isTrue();
        assertThat(followers.clients().sessions()).isZero();
    }

    @Test
    void aLeaderThatCannotBeReachedIsAnEnd() throws Exception {
        int freePort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            freePort = socket.getLocalPort();
        }

        ReplicaSession session = followers.to(freePort).open(Said.HELLO, follower);
        session.pull(Said.pull(1));

        assertThat(follower.nextEnd()).isInstanceOf(Refusal.TimedOut.class);
    }

    @Test
    void aLeaderThatNoOtherProcessReachesIsAnEnd() throws Exception {
        followers
                .to(new Endpoint("internal", "127.0.0.1", 0), new Endpoint("other", "127.0.0.1", served.port()))
                .open(Said.HELLO, follower);

        assertThat(follower.nextEnd()).isEqualTo(new Refusal.UnknownBroker(1));
        assertThat(leader.hasNoSession()).isTrue();
    }

    @Test
    void bothSidesNoticeSilenceOnAConnectionThatStaysOpen() throws Exception {
        try (FreezingProxy proxy = new FreezingProxy(served.port())) {
            ReplicaSession session = followers.to(proxy.port()).open(Said.HELLO, follower);
            TwinLeader.Session atLeader = leader.next();
            session.pull(Said.pull(1));
            assertThat(atLeader.nextPull()).isEqualTo(Said.pull(1));

            proxy.freeze();

            assertThat(follower.nextEnd())
                    .isInstanceOfSatisfying(
                            Refusal.TimedOut.class,
                            why -> assertThat(why.message()).contains("was silent for"));
            atLeader.awaitFollowersEnd();
        }
    }

    @Test
    void aSessionInWhichNothingHappensStays() throws Exception {
        long start = System.nanoTime();
        ReplicaSession session = followers.to(served.port()).open(Said.HELLO, follower);
        TwinLeader.Session atLeader = leader.next();

        awaitUntil(start, QUICK.silenceMax().multipliedBy(3));

        assertThat(follower.hasHeardNothingElse()).isTrue();
        session.pull(Said.pull(1));
        assertThat(atLeader.nextPull()).isEqualTo(Said.pull(1));
    }

    @Test
    void aFollowerThatIsSlowIsNotSilentAndNeitherIsItsLeader() throws Exception {
        long start = System.nanoTime();
        follower.stop();
        followers.to(served.port()).open(Said.HELLO, follower);
        TwinLeader.Session atLeader = leader.next();
        atLeader.say(List.of(Said.progress(1)));

        awaitUntil(start, QUICK.silenceMax().dividedBy(2));
        atLeader.say(List.of(Said.progress(2)));
        follower.goOn();

        assertThat(follower.nextPart()).isEqualTo(Said.progress(1));
        assertThat(follower.nextPart()).isEqualTo(Said.progress(2));
    }

    @Test
    void aLeaderThatStopsSaysSoAndNeedsNoPatience() throws Exception {
        followers.to(served.port()).open(Said.HELLO, follower);
        TwinLeader.Session atLeader = leader.next();

        assertThat(served.stop()).isTrue();

        assertThat(follower.nextEnd()).isInstanceOf(Refusal.ShuttingDown.class);
        atLeader.awaitFollowersEnd();
        served.awaitNoSession();
    }

    @Test
    void aFollowerThatStopsEndsItsSessions() throws Exception {
        followers.to(served.port()).open(Said.HELLO, follower);
        TwinLeader.Session atLeader = leader.next();

        followers.clients().close();

        assertThat(follower.nextEnd()).isInstanceOf(Refusal.ShuttingDown.class);
        atLeader.awaitFollowersEnd();
    }

    @Test
    void recordsThatCannotBeReadAreRefusedAndTheOthersCome() throws Exception {
        followers.to(served.port()).open(Said.HELLO, follower);
        leader.next()
                .say(List.of(new ReplicaPart.Records(Said.ORDERS, 9, 5, new BrokenSlice(), 1, 0), Said.records(10, 4)));

        assertThat(follower.nextPart())
                .isEqualTo(new ReplicaPart.Refused(
                        Said.ORDERS, 9, 5, new Refusal.StorageFailed("The records cannot be read: bad sector.")));
        assertThat(follower.nextPart()).isInstanceOf(ReplicaPart.Records.class);
    }

    /** Passes time, for things that must not happen meanwhile. */
    private static void awaitUntil(long startNanos, Duration time) {
        while (System.nanoTime() - startNanos < time.toNanos()) {
            Thread.onSpinWait();
        }
    }

    private record BrokenSlice() implements RecordsSlice {
        @Override
        public int sizeInBytes() {
            return 100;
        }

        @Override
        public ByteBuffer read() throws IOException {
            throw new IOException("bad sector");
        }

        @Override
        public long transferTo(long position, WritableByteChannel to) throws IOException {
            throw new IOException("bad sector");
        }
    }
}
