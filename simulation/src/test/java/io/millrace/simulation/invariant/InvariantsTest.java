package io.millrace.simulation.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.model.TopicPartition;
import io.millrace.simulation.cluster.SimBroker;
import io.millrace.simulation.cluster.SimCluster;
import io.millrace.simulation.fault.FaultOptions;
import io.millrace.simulation.run.Proof;
import io.millrace.simulation.run.Run;
import io.millrace.simulation.run.RunOptions;
import io.millrace.simulation.run.RunResult;
import io.millrace.simulation.run.Writability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InvariantsTest {
    private static final RunOptions CALM =
            RunOptions.REPLICATED.with(Duration.ofSeconds(5)).with(FaultOptions.none());
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    private final Invariants invariants = new Invariants();

    @Test
    void a_calm_run_passes() {
        RunResult result = run(new Tampering() {});

        assertThat(result.failure()).isNull();
    }

    @Test
    void an_in_sync_replica_that_loses_its_log_is_found() {
        RunResult result = run(new Tampering() {
            @Override
            public void settled() {
                SimBroker broker = cluster().brokers().get(1);
                broker.kill();
                delete(broker, firstSegment(broker));
            }
        });

        assertThat(String.valueOf(result.failure())).contains("is committed, but broker 1");
    }

    @Test
    void a_bit_that_differs_between_replicas_is_found() {
        RunResult result = run(new Tampering() {
            @Override
            public void end() {
                SimBroker broker = cluster().brokers().get(2);
                flipLastBit(broker, firstSegment(broker));
            }
        });

        assertThat(String.valueOf(result.failure())).contains("differ, though nothing is written any more");
    }

    @Test
    void a_broker_that_leads_without_having_been_elected_is_found() {
        RunResult result = run(new Tampering() {
            @Override
            public void healed() {
                invariants.observer(2).leads(ORDERS, 99);
            }
        });

        assertThat(String.valueOf(result.failure()))
                .contains("broker 2 leads in epoch 99, for which nobody was elected");
    }

    @Test
    void a_high_watermark_that_goes_back_is_found() {
        RunResult result = run(new Tampering() {
            @Override
            public void healed() {
                invariants.observer(0).committed(ORDERS, 0, 0);
            }
        });

        assertThat(String.valueOf(result.failure())).contains("the high watermark of epoch 0 went from");
    }

    @Test
    void a_high_watermark_beyond_what_replicas_hold_is_found() {
        RunResult result = run(new Tampering() {
            @Override
            public void healed() {
                invariants.observer(0).committed(ORDERS, 0, 1_000_000);
            }
        });

        assertThat(String.valueOf(result.failure())).contains("has shown the high watermark 1000000, but the log of");
    }

    private RunResult run(Tampering tampering) {
        RunOptions observed = CALM.with(CALM.cluster().with(invariants::observer));
        return new Run(1, observed, List.of(tampering, invariants, new Writability(CALM.topics()))).go();
    }

    /** Breaks something on purpose, before the invariants look. */
    private abstract static class Tampering implements Proof {
        private @Nullable SimCluster cluster;

        @Override
        public void begin(SimCluster of) {
            cluster = of;
        }

        SimCluster cluster() {
            return Objects.requireNonNull(cluster);
        }

        static Path firstSegment(SimBroker broker) {
            Path directory = SimBroker.DATA.resolve(ORDERS.toString());
            return broker.disk().filledFiles().stream()
                    .filter(file ->
                            file.startsWith(directory) && file.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
        }

        static void delete(SimBroker broker, Path file) {
            try {
                broker.disk().delete(file);
                broker.disk().syncDirectory(Objects.requireNonNull(file.getParent()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static void flipLastBit(SimBroker broker, Path file) {
            try {
                broker.disk().flipBit(file, broker.disk().sizeOf(file) - 1, 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
