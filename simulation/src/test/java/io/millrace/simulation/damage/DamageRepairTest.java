package io.millrace.simulation.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.Outcome;
import io.millrace.simulation.cluster.SimBroker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damage wherever it is, whoever has it: found, withdrawn, fetched again; nothing is lost and nothing damaged is read. */
class DamageRepairTest {
    private static final int VALUES = 40;

    enum Role {
        LEADER,
        FOLLOWER;

        private int in(DamagedCluster cluster) {
            return this == LEADER ? cluster.leader() : cluster.follower();
        }
    }

    enum Segment {
        SEALED,
        ACTIVE;

        private String in(List<String> segments) {
            return this == SEALED ? segments.getFirst() : segments.getLast();
        }
    }

    /** How the broker is when its disk is damaged. */
    enum State {
        RUNNING,
        KILLED,
        STOPPED_IN_ORDER
    }

    @ParameterizedTest
    @CsvSource({
        "LEADER, SEALED, RUNNING, 1",
        "LEADER, ACTIVE, RUNNING, 2",
        "LEADER, SEALED, KILLED, 3",
        "LEADER, ACTIVE, KILLED, 4",
        "LEADER, SEALED, STOPPED_IN_ORDER, 5",
        "LEADER, ACTIVE, STOPPED_IN_ORDER, 6",
        "FOLLOWER, SEALED, RUNNING, 7",
        "FOLLOWER, ACTIVE, RUNNING, 8",
        "FOLLOWER, SEALED, KILLED, 9",
        "FOLLOWER, ACTIVE, KILLED, 10",
        "FOLLOWER, SEALED, STOPPED_IN_ORDER, 11",
        "FOLLOWER, ACTIVE, STOPPED_IN_ORDER, 12"
    })
    void what_a_disk_has_lost_comes_back_from_the_other_replicas(Role role, Segment segment, State state, long seed) {
        DamagedCluster cluster = new DamagedCluster(seed, 3);
        cluster.write(VALUES);
        int damaged = role.in(cluster);
        cluster.pass(Duration.ofSeconds(6)); // for what is certain to be written down

        damage(cluster, damaged, segment, state);
        cluster.write(3);

        cluster.until(
                "the broker has kept aside what is damaged",
                () -> !cluster.keptAside(damaged).isEmpty());
        cluster.until("everything is in sync", cluster::isInFullSync);
        cluster.write(1);
        assertThat(cluster.readAll()).isEqualTo(cluster.written());
        cluster.pass(Duration.ofSeconds(3));
        for (int broker : cluster.picture().replicas()) {
            assertThat(cluster.bytes(broker)).isEqualTo(cluster.bytes(cluster.leader()));
        }
    }

    private static void damage(DamagedCluster cluster, int damaged, Segment segment, State state) {
        SimBroker broker = cluster.broker(damaged);
        switch (state) {
            case RUNNING -> {}
            case KILLED -> broker.kill();
            case STOPPED_IN_ORDER -> {
                broker.stopInOrder();
                cluster.until("the broker has stopped", () -> !broker.isAlive());
            }
        }
        cluster.flipBit(damaged, segment.in(cluster.segments(damaged)));
        broker.start();
    }

    @Test
    void a_leader_that_is_read_where_it_is_damaged_refuses_and_makes_way() {
        DamagedCluster cluster = new DamagedCluster(20, 3);
        cluster.write(VALUES);
        int damaged = cluster.leader();
        cluster.flipBit(damaged, cluster.segments(damaged).getFirst());

        Outcome<List<String>> refused = cluster.read(0);
        cluster.until("another broker leads", () -> cluster.leader() != damaged);

        assertThat(refused).isInstanceOf(Outcome.Refused.class);
        assertThat(cluster.readAll()).isEqualTo(cluster.written());
        cluster.until("it is in sync again", cluster::isInFullSync);
        assertThat(cluster.told())
                .containsExactly("damaged at " + damaged, "kept aside at " + damaged, "repaired at " + damaged);
    }

    @Test
    void the_only_replica_keeps_its_damage_in_place_and_serves_what_is_whole() {
        DamagedCluster cluster = new DamagedCluster(21, 1);
        cluster.write(VALUES);
        int only = cluster.leader();
        List<String> segments = cluster.segments(only);
        cluster.flipBit(only, segments.get(1));
        long damagedAt = Long.parseLong(segments.get(1).replace(".log", ""));

        cluster.until("it is found", () -> !cluster.told().isEmpty());
        cluster.pass(Duration.ofMinutes(1));

        assertThat(cluster.leader()).isEqualTo(only);
        assertThat(cluster.keptAside(only)).isEmpty();
        assertThat(cluster.read(0)).isEqualTo(Outcome.done(cluster.written().subList(0, (int) damagedAt)));
        assertThat(cluster.read(damagedAt)).isInstanceOf(Outcome.Refused.class);
        assertThat(valuesOf(cluster.read(damagedAt + 1))).first().isEqualTo("value " + (damagedAt + 1));
        cluster.write(5);
        cluster.flipBit(only, segments.get(1));
        assertThat(cluster.readAll()).as("after somebody has mended it").isEqualTo(cluster.written());
    }

    private static List<String> valuesOf(Outcome<List<String>> read) {
        return ((Outcome.Done<List<String>>) read).value();
    }

    @Test
    void a_damaged_leader_makes_way_as_soon_as_another_replica_is_back() {
        DamagedCluster cluster = new DamagedCluster(22, 3);
        cluster.write(VALUES);
        int damaged = cluster.leader();
        List<Integer> others = cluster.picture().replicas().stream()
                .filter(id -> id != damaged)
                .toList();
        others.forEach(id -> cluster.broker(id).kill());
        cluster.until("it is alone", () -> cluster.picture().inSyncReplicas().size() == 1);
        cluster.flipBit(damaged, cluster.segments(damaged).getFirst());
        cluster.until("it knows", () -> !cluster.told().isEmpty());
        cluster.pass(Duration.ofSeconds(30));
        assertThat(cluster.leader()).isEqualTo(damaged);
        assertThat(cluster.keptAside(damaged)).isEmpty();

        others.forEach(id -> cluster.broker(id).start());

        cluster.until("another broker leads", () -> others.contains(cluster.leader()));
        cluster.until("everything is in sync", cluster::isInFullSync);
        assertThat(cluster.readAll()).isEqualTo(cluster.written());
    }

    @Test
    void damage_in_several_places_is_repaired_at_once() {
        DamagedCluster cluster = new DamagedCluster(23, 3);
        cluster.write(VALUES);
        int damaged = cluster.follower();
        cluster.segments(damaged).forEach(segment -> cluster.flipBit(damaged, segment));

        cluster.until("it is repaired", () -> cluster.told().contains("repaired at " + damaged));
        cluster.until("everything is in sync", cluster::isInFullSync);

        cluster.pass(Duration.ofSeconds(30));
        assertThat(cluster.told()).filteredOn(told -> told.startsWith("kept")).hasSize(1);
        assertThat(cluster.bytes(damaged)).isEqualTo(cluster.bytes(cluster.leader()));
    }
}
