package io.millrace.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.environment.simulated.PowerLoss;
import io.millrace.core.metadata.TopicConfigs;
import io.millrace.simulation.cluster.SimBroker;
import io.millrace.simulation.cluster.SimCluster;
import io.millrace.simulation.cluster.SimNode;
import io.millrace.simulation.fault.FaultKind;
import io.millrace.simulation.fault.FaultOptions;
import io.millrace.simulation.schedule.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunTest {
    private static final RunOptions SHORT = RunOptions.DEFAULTS.with(Duration.ofSeconds(20));
    private static final RunOptions CALM = SHORT.with(FaultOptions.none());

    @Test
    void a_cluster_with_which_nothing_goes_wrong_takes_every_write() {
        Writability writability = new Writability(CALM.topics());

        RunResult result = new Run(1, CALM, List.of(writability)).go();

        assertThat(result.failure()).isNull();
        assertThat(result.faults()).isEmpty();
        assertThat(writability.taken()).isGreaterThan(500);
    }

    @Test
    void what_a_proof_finds_ends_the_run_and_is_told_with_the_seed() {
        Proof finding = new Proof() {
            private int events;

            @Override
            public void afterEvent() {
                if (++events == 1_000) {
                    throw new AssertionError("two leaders in one epoch");
                }
            }
        };

        RunResult result = new Run(12, CALM, List.of(finding)).go();

        assertThat(result.events()).isEqualTo(1_000);
        assertThat(result.toString()).contains("seed 12", "two leaders in one epoch", "-Dseed=12");
    }

    @Test
    void a_cluster_that_does_not_come_right_is_a_failure() {
        Proof wrecking = new Wrecking();

        RunResult result = new Run(3, CALM, List.of(wrecking)).go();

        assertThat(String.valueOf(result.failure())).contains("everything comes right", "broker 0");
    }

    /** Takes a broker away for good when all is healed. */
    private static final class Wrecking implements Proof {
        private @Nullable SimCluster cluster;

        @Override
        public void begin(SimCluster of) {
            cluster = of;
        }

        @Override
        public void healed() {
            SimBroker broker = Objects.requireNonNull(cluster).brokers().getFirst();
            broker.losePower(PowerLoss.LOSES_ALL);
        }

        @Override
        public boolean converged() {
            return Objects.requireNonNull(cluster).scheduler().now()
                    > Duration.ofMinutes(1).toNanos();
        }
    }

    @Test
    void a_broker_that_has_lost_its_power_serves_again_before_all_has_come_right_whatever_pictures_show() {
        Blinking blinking = new Blinking();

        RunResult result = new Run(4, CALM, List.of(blinking)).go();

        assertThat(result.failure()).as(result.toString()).isNull();
        assertThat(blinking.servedWhenSettled).isTrue();
    }

    /** Takes the power of a broker at the last moment, so that its lease outlives it. */
    private static final class Blinking implements Proof {
        private @Nullable SimBroker broker;
        private boolean servedWhenSettled;

        @Override
        public void begin(SimCluster of) {
            broker = of.brokers().getFirst();
        }

        @Override
        public void healed() {
            SimBroker unlucky = Objects.requireNonNull(broker);
            unlucky.losePower(PowerLoss.LOSES_ALL);
            unlucky.start();
        }

        @Override
        public void settled() {
            servedWhenSettled = Objects.requireNonNull(broker).isRegistered();
        }
    }

    @Test
    void bits_flip_where_a_broker_has_written_down_that_it_was_durable_and_nowhere_else() {
        TopicPlan inPageCache = RunOptions.ORDERS.with(TopicConfigs.DURABILITY, "page-cache");
        FaultOptions flips = FaultOptions.only(Duration.ofSeconds(1), Duration.ofSeconds(2), FaultKind.BIT_FLIPPED);
        RunOptions options = RunOptions.REPLICATED.with(flips).with(Duration.ofSeconds(20));

        RunResult synced = run(options.with(List.of(RunOptions.ORDERS)));
        RunResult unsynced = run(options.with(List.of(inPageCache)));

        assertThat(synced.effects()).containsKey(Effect.BIT_FLIPPED_AT_REST);
        assertThat(unsynced.effects()).doesNotContainKey(Effect.BIT_FLIPPED_AT_REST);
    }

    private static RunResult run(RunOptions options) {
        RunResult result = new Run(6, options, List.of(new Writability(options.topics()))).go();
        assertThat(result.failure()).as(result.toString()).isNull();
        return result;
    }

    @Test
    void every_kind_of_fault_happens_by_itself_and_is_healed() {
        for (FaultKind kind : FaultKind.values()) {
            if (kind.destroys()) {
                continue; // these topics have one copy only
            }
            RunOptions options = SHORT.with(FaultOptions.only(Duration.ofSeconds(1), Duration.ofSeconds(3), kind));
            Healed healed = new Healed();

            RunResult result = new Run(5, options, List.of(healed, new Writability(options.topics()))).go();

            assertThat(result.failure()).as(kind + ": " + result).isNull();
            assertThat(result.faults()).as(kind.name()).containsOnlyKeys(kind);
            assertThat(healed.allRun).as(kind.name()).isTrue();
        }
    }

    /** Looks whether everything runs at the end. */
    private static final class Healed implements Proof {
        private @Nullable SimCluster cluster;
        private boolean allRun;

        @Override
        public void begin(SimCluster of) {
            cluster = of;
        }

        @Override
        public void end() {
            List<SimNode> nodes = Objects.requireNonNull(cluster).nodes();
            allRun = nodes.stream().allMatch(node -> node.isAlive() && !node.isPaused());
        }
    }
}
