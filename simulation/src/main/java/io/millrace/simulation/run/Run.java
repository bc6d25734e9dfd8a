package io.millrace.simulation.run;

import io.millrace.simulation.cluster.SimCluster;
import io.millrace.simulation.fault.FaultPlan;
import io.millrace.simulation.schedule.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One seed from beginning to end.
 *
 * <pre>
 *   start, create topics --&gt; safety: things go wrong --&gt; heal --&gt; liveness: everything comes right --&gt; final look --&gt; judgement
 * </pre>
 */
public final class Run {
    /** How long a cluster with which nothing is wrong may take to be ready. */
    private static final Duration READY = Duration.ofMinutes(2);

    /** What proofs may have to do afterwards. */
    private static final Duration FINISHED = Duration.ofMinutes(1);

    private static final Duration LOOK = Duration.ofMillis(500);

    private final long seed;
    private final RunOptions options;
    private final Scheduler scheduler;
    private final SimCluster cluster;
    private final FaultPlan plan;
    private final Preparation preparation;
    private final List<Proof> proofs = new ArrayList<>();

    /**
     * A run that has not begun.
     *
     * @param brought what looks on besides the run's own demands
     */
    public Run(long seed, RunOptions options, List<? extends Proof> brought) {
        this.seed = seed;
        this.options = options;
        this.scheduler = new Scheduler(seed);
        this.cluster = new SimCluster(scheduler, options.cluster());
        this.preparation = new Preparation(cluster, options.topics());
        proofs.add(new Convergence(cluster));
        proofs.addAll(brought);
        proofs.forEach(proof -> proof.begin(cluster));
        this.plan = new FaultPlan(cluster, options.faults());
    }

    /** Runs it. */
    public RunResult go() {
        scheduler.afterEachEvent(() -> {
            for (Proof proof : proofs) {
                proof.afterEvent();
            }
        });
        cluster.start();
        preparation.begin();
        boolean wentWell = reach(preparation::isDone, READY, "the topics are there")
                && judge("ready", proof -> proof.ready())
                && safety()
                && judge("healed", proof -> proof.healed())
                && reach(() -> proofs.stream().allMatch(Proof::converged), options.liveness(), "everything comes right")
                && judge("settled", Proof::settled)
                && reach(() -> proofs.stream().allMatch(Proof::finished), FINISHED, "everything is done")
                && judge("end", Proof::end);
        if (!wentWell) {
            scheduler.fail("run", new AssertionError("The run ended early"));
        }
        return new RunResult(
                seed,
                scheduler.events(),
                Duration.ofNanos(scheduler.now()),
                plan.counts(),
                scheduler.effects().counts(),
                scheduler.trace().value(),
                scheduler.failure());
    }

    private boolean safety() {
        plan.begin();
        boolean survived = scheduler.runFor(options.safety());
        plan.heal();
        return survived;
    }

    private interface Condition {
        boolean holds();
    }

    /** Looks now and then, as a look at everything is dear. */
    private boolean reach(Condition condition, Duration within, String what) {
        long end = scheduler.now() + within.toNanos();
        while (!condition.holds()) {
            if (scheduler.now() >= end) {
                scheduler.fail("liveness", new AssertionError("Not within " + within + ": " + what + missing()));
                return false;
            }
            if (!scheduler.runFor(LOOK)) {
                return false;
            }
        }
        return true;
    }

    private String missing() {
        StringBuilder missing = new StringBuilder();
        for (Proof proof : proofs) {
            if (!proof.converged() || !proof.finished()) {
                missing.append("; missing: ").append(proof.missing());
            }
        }
        return missing.toString();
    }

    private interface Step {
        void of(Proof proof);
    }

    private boolean judge(String phase, Step step) {
        try {
            proofs.forEach(step::of);
        } catch (RuntimeException | AssertionError found) {
            scheduler.fail(phase, found);
        }
        return scheduler.failure() == null;
    }
}
