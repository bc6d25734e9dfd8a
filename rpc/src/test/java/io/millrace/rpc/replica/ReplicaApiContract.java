package io.millrace.rpc.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaApi;
import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaSession;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for a session between brokers, whatever lies between them. */
abstract class ReplicaApiContract {
    private final HeardListener follower = new HeardListener();

    abstract TwinLeader leader();

    /** The leader as a follower reaches it. */
    abstract ReplicaApi reached();

    @Test
    void aLeaderHearsWhoOpensTheSessionAndToWhom() throws Exception {
        try (ReplicaSession session = reached().open(Said.HELLO, follower)) {
            assertThat(session).isNotNull();
            assertThat(leader().next().hello).isEqualTo(Said.HELLO);
        }
    }

    @Test
    void whatAFollowerSaysIsHeardInOrder() throws Exception {
        try (ReplicaSession session = reached().open(Said.HELLO, follower)) {
            IntStream.range(0, 1_000).forEach(offset -> session.pull(Said.pull(offset)));

            TwinLeader.Session served = leader().next();
            for (int offset = 0; offset < 1_000; offset++) {
                assertThat(served.nextPull()).isEqualTo(Said.pull(offset));
            }
        }
    }

    @Test
    void whatALeaderSaysIsHeardInOrderByOneThreadAtATime() throws Exception {
        try (ReplicaSession session = reached().open(Said.HELLO, follower)) {
            session.pull(Said.pull(0));
            TwinLeader.Session served = leader().next();
            for (long i = 0; i < 500; i++) {
                served.say(List.of(Said.progress(2 * i), Said.progress(2 * i + 1)));
            }

            for (int i = 0; i < 1_000; i++) {
                assertThat(follower.nextPart()).isEqualTo(Said.progress(i));
            }
            assertThat(follower.overlaps()).isZero();
        }
    }

    @Test
    void everyPartComesAsItWasSaid() throws Exception {
        List<ReplicaPart> others = List.of(
                Said.progress(7),
                new ReplicaPart.Diverging(Said.ORDERS, 3, 5, 4, 1L << 40),
                new ReplicaPart.StartsLater(Said.ORDERS, 3, 5, 1L << 41),
                new ReplicaPart.Refused(Said.ORDERS, 3, 5, new Refusal.StaleEpoch("The leader's epoch is 6.")));
        try (ReplicaSession session = reached().open(Said.HELLO, follower)) {
            assertThat(session).isNotNull();
            TwinLeader.Session served = leader().next();
            served.say(List.of(Said.records(100_000, 9)));
            served.say(others);

            assertThat(follower.nextPart()).isInstanceOfSatisfying(ReplicaPart.Records.class, records -> {
                assertThat(records.topicId()).isEqualTo(Said.ORDERS);
                assertThat(records.partition()).isEqualTo(3);
                assertThat(records.leaderEpoch()).isEqualTo(5);
                assertThat(records.highWatermark()).isEqualTo(9);
                assertThat(records.logStartOffset()).isEqualTo(2);
                assertThat(Said.bytesOf(records)).isEqualTo(Said.bytesOf(Said.records(100_000, 9)));
            });
            for (ReplicaPart part : others) {
                assertThat(follower.nextPart()).isEqualTo(part);
            }
        }
    }

    @Test
    void aRefusedHelloIsAnEnd() throws Exception {
        Refusal why = new Refusal.StaleEpoch("Broker 2 has registered again.");
        leader().refuses(why);

        ReplicaSession session = reached().open(Said.HELLO, follower);

        assertThat(follower.nextEnd()).isEqualTo(why);
        session.pull(Said.pull(1));
        session.close();
        assertThat(follower.hasHeardNothingElse()).isTrue();
    }

    @Test
    void aLeaderThatClosesIsHeardBehindWhatItSaidAndOnlyOnce() throws Exception {
        ReplicaSession session = reached().open(Said.HELLO, follower);
        TwinLeader.Session served = leader().next();

        served.say(List.of(Said.records(50_000, 1)));
        served.say(List.of(Said.progress(2)));
        served.close(new Refusal.ShuttingDown("This broker stops."));

        assertThat(follower.nextPart()).isInstanceOf(ReplicaPart.Records.class);
        assertThat(follower.nextPart()).isEqualTo(Said.progress(2));
        assertThat(follower.nextEnd()).isEqualTo(new Refusal.ShuttingDown("This broker stops."));
        session.pull(Said.pull(1));
        session.close();
        assertThat(follower.hasHeardNothingElse()).isTrue();
        assertThat(served.hasNoPull()).isTrue();
    }

    @Test
    void aFollowerThatHasClosedHearsNothingMoreAndItsLeaderKnows() throws Exception {
        ReplicaSession session = reached().open(Said.HELLO, follower);
        TwinLeader.Session served = leader().next();

        session.close();
        session.close();
        session.pull(Said.pull(1));

        served.awaitFollowersEnd();
        served.say(List.of(Said.progress(2)));
        served.close(new Refusal.ShuttingDown("This broker stops."));
        assertThat(follower.hasHeardNothingElse()).isTrue();
        assertThat(served.hasNoPull()).isTrue();
    }

    @Test
    void theEndOfOneSessionIsNotTheEndOfAnother() throws Exception {
        HeardListener other = new HeardListener();
        ReplicaSession first = reached().open(Said.HELLO, follower);
        TwinLeader.Session firstServed = leader().next();
        try (ReplicaSession second = reached().open(Said.HELLO, other)) {
            TwinLeader.Session secondServed = leader().next();

            first.close();
            firstServed.awaitFollowersEnd();

            second.pull(Said.pull(7));
            assertThat(secondServed.nextPull()).isEqualTo(Said.pull(7));
            secondServed.say(List.of(Said.progress(8)));
            assertThat(other.nextPart()).isEqualTo(Said.progress(8));
        }
    }
}
