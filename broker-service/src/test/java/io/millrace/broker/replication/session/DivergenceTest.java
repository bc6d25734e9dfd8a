package io.millrace.broker.replication.session;

import static io.millrace.broker.replication.session.LeaderRig.ORDERS;
import static io.millrace.broker.replication.session.TestFollower.position;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.partitions.PartitionQuestions;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaPull;
import io.millrace.core.api.ReplicaPull.Wants;
import io.millrace.core.model.Acks;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Where a follower's log parts from its leader's. */
class DivergenceTest {
    private final LeaderRig rig = new LeaderRig(SessionLimits.withWindow(1 << 20), 4);

    DivergenceTest() throws IOException {}

    @Test
    void aLogThatGoesOnBehindTheLeadersDivergesAndDoesNotCount() {
        rig.append(0, Acks.LEADER, "a");
        TestFollower follower = rig.follower(1);

        follower.says(position(0, 0, 5, 0, 5, Wants.RECORDS));

        assertThat(follower.parts()).containsExactly(new ReplicaPart.Diverging(ORDERS, 0, 0, 0, 1));
        assertThat(rig.statusOf(1).durableEndOffset()).isEqualTo(-1);
    }

    @Test
    void aLogWithAnEpochThatTheLeaderDoesNotHaveDiverges() {
        rig.append(0, Acks.LEADER, "a");
        rig.picture(LeaderRig.partition(0, 2, 1, 0, 1, 2));
        rig.append(0, Acks.LEADER, "b");
        TestFollower follower = rig.follower(1);

        follower.says(position(0, 2, 2, 1, 2, Wants.RECORDS));

        assertThat(follower.parts()).containsExactly(new ReplicaPart.Diverging(ORDERS, 0, 2, 0, 1));
    }

    @Test
    void newsOfALogThatDivergesDoNotCountEither() {
        rig.append(0, Acks.LEADER, "a");
        rig.picture(LeaderRig.partition(0, 2, 1, 0, 1, 2));
        rig.append(0, Acks.LEADER, "b");
        TestFollower follower = rig.follower(1);

        follower.says(position(0, 2, 2, 0, 2, Wants.NOTHING));

        assertThat(follower.parts()).containsExactly(new ReplicaPart.Diverging(ORDERS, 0, 2, 0, 1));
        assertThat(rig.statusOf(1).durableEndOffset()).isEqualTo(-1);
    }

    @Test
    void aFollowerBeforeTheLogStartIsSentToTheFirstBatchThatIsThere() {
        rig.append(0, Acks.LEADER, "a");
        rig.append(0, Acks.LEADER, "b", "c", "d");
        TestFollower first = rig.follower(1);
        TestFollower second = rig.follower(2);
        first.wants(0, 4);
        second.wants(0, 4);
        var deleted = new PartitionQuestions(rig.partition(0)).deleteBefore(2);
        rig.settle();
        assertThat(deleted.resultNow()).isInstanceOf(Outcome.Done.class);
        first.messages();

        first.wants(0, 0);
        assertThat(first.parts()).containsExactly(new ReplicaPart.StartsLater(ORDERS, 0, 0, 1));

        first.says(position(0, 0, 1, ReplicaPull.NO_EPOCH, 1, Wants.RECORDS));
        assertThat(first.parts()).singleElement().isInstanceOfSatisfying(ReplicaPart.Records.class, records -> {
            assertThat(TestFollower.firstOffset(records)).isEqualTo(1);
            assertThat(records.logStartOffset()).isEqualTo(2);
        });
    }
}
