package io.millrace.simulation.scenario;

import io.millrace.core.metadata.TopicConfigs;
import io.millrace.simulation.cluster.ClusterOptions;
import io.millrace.simulation.fault.FaultOptions;
import io.millrace.simulation.invariant.Invariants;
import io.millrace.simulation.operator.Operator;
import io.millrace.simulation.run.Proof;
import io.millrace.simulation.run.Run;
import io.millrace.simulation.run.RunOptions;
import io.millrace.simulation.run.RunResult;
import io.millrace.simulation.run.TopicPlan;
import io.millrace.simulation.schedule.Chance;
import io.millrace.simulation.workload.Workload;
import io.millrace.simulation.workload.WorkloadOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A run with everything that it has to show: a cluster of some size with topics of some kinds, users, perhaps an operator,
 * whatever may go wrong with that, and all onlookers.
 *
 * @param hasOperator whether somebody changes the cluster meanwhile
 */
public record Scenario(RunOptions options, WorkloadOptions users, boolean hasOperator) {
    private static final Duration WISHES_MIN = Duration.ofMillis(500);
    private static final Duration WISHES_MAX = Duration.ofSeconds(12);

    /** The scenario that a seed decides. */
    public static Scenario ofSeed(long seed) {
        Chance chance = new Chance(seed).fork("scenario");
        boolean sparesPageCaches = chance.oneIn(5);
        FaultOptions faults = sparesPageCaches ? FaultOptions.all().sparingPageCaches() : FaultOptions.all();
        ClusterOptions cluster = ClusterOptions.DEFAULTS.with(
                3 + (chance.oneIn(2) ? 0 : chance.nextInt(3)), 2 + chance.nextInt(2), 1 + chance.nextInt(2));
        RunOptions options = RunOptions.REPLICATED
                .with(cluster)
                .with(faults.every(Duration.ofMillis(200), Duration.ofSeconds(chance.between(3, 12))))
                .with(topics(chance, sparesPageCaches));
        WorkloadOptions users =
                WorkloadOptions.DEFAULTS.with(chance.between(Duration.ofMillis(100), Duration.ofMillis(800)));
        return new Scenario(options, users, chance.oneIn(2));
    }

    /** Three copies of which two take each write are always there; the others are now and then. */
    private static List<TopicPlan> topics(Chance chance, boolean sparesPageCaches) {
        List<TopicPlan> topics = new ArrayList<>();
        topics.add(RunOptions.ORDERS);
        if (chance.oneIn(3)) {
            topics.add(RunOptions.CLICKS);
        }
        if (chance.oneIn(3)) {
            topics.add(new TopicPlan("audits", 2, 3, RunOptions.ORDERS.configs())
                    .with(TopicConfigs.MIN_INSYNC_REPLICAS, "1"));
        }
        if (sparesPageCaches) {
            topics.add(new TopicPlan("metrics", 2, 3, RunOptions.ORDERS.configs())
                    .with(TopicConfigs.DURABILITY, "page-cache"));
        }
        return topics;
    }

    /** Runs it under a seed. */
    public RunResult run(long seed) {
        Invariants invariants = new Invariants();
        List<Proof> proofs = new ArrayList<>();
        proofs.add(invariants);
        proofs.add(new Workload(options.topics(), users));
        if (hasOperator) {
            proofs.add(new Operator(WISHES_MIN, WISHES_MAX));
        }
        RunOptions observed = options.with(options.cluster().with(invariants::observer));
        return new Run(seed, observed, proofs).go();
    }
}
