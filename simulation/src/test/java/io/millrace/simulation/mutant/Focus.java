package io.millrace.simulation.mutant;

import io.millrace.simulation.fault.FaultKind;
import io.millrace.simulation.fault.FaultOptions;
import io.millrace.simulation.run.RunResult;
import io.millrace.simulation.scenario.Scenario;
import java.time.Duration;

/** What the seeds are about that look for a mutant. */
enum Focus {
    /** Whatever a seed decides. */
    EVERYTHING {
        @Override
        Scenario of(Scenario scenario) {
            return scenario;
        }
    },

    /** Brokers that come back with an empty disk while others are away. */
    LOST_DISKS {
        @Override
        Scenario of(Scenario scenario) {
            return with(
                    scenario,
                    FaultKind.DISK_REPLACED,
                    FaultKind.BROKER_KILLED,
                    FaultKind.BROKER_PAUSED,
                    FaultKind.MACHINE_CUT_OFF);
        }
    },

    /** Controllers that are deposed while much has to be decided. */
    CONTROLLERS {
        @Override
        Scenario of(Scenario scenario) {
            return with(
                    scenario,
                    FaultKind.SESSION_EXPIRED,
                    FaultKind.CONTROLLER_PAUSED,
                    FaultKind.BROKER_KILLED,
                    FaultKind.BROKER_PAUSED,
                    FaultKind.CONNECTIONS_RESET);
        }
    },

    /** Disks that are replaced and links that are bad, while hardly anybody writes: what was said long ago still looks true. */
    QUIET_USERS {
        @Override
        Scenario of(Scenario scenario) {
            Scenario quiet = new Scenario(scenario.options(), scenario.users().with(Duration.ofSeconds(30)), false);
            return with(quiet, FaultKind.DISK_REPLACED, FaultKind.LINK_SLOW, FaultKind.LINK_CUT_ONE_WAY);
        }
    },

    /** Leaders that change often, while links are bad. */
    ELECTIONS {
        @Override
        Scenario of(Scenario scenario) {
            return with(
                    scenario,
                    FaultKind.BROKER_KILLED,
                    FaultKind.BROKER_PAUSED,
                    FaultKind.MACHINE_CUT_OFF,
                    FaultKind.LINK_CUT_ONE_WAY,
                    FaultKind.LINK_SLOW,
                    FaultKind.CONTROLLER_PAUSED);
        }
    };

    private static final Duration PAUSE_MIN = Duration.ofMillis(200);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(4);

    /** Runs a seed. */
    RunResult run(long seed) {
        return of(Scenario.ofSeed(seed)).run(seed);
    }

    abstract Scenario of(Scenario scenario);

    private static Scenario with(Scenario scenario, FaultKind... kinds) {
        FaultOptions faults = FaultOptions.only(PAUSE_MIN, PAUSE_MAX, kinds);
        return new Scenario(scenario.options().with(faults), scenario.users(), scenario.hasOperator());
    }
}
