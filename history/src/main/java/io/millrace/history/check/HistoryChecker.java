package io.millrace.history.check;

import io.millrace.history.History;
import io.millrace.history.Partition;
import io.millrace.history.Polls;
import io.millrace.history.Writes;
import java.util.List;

/**
 * Judges histories, partition by partition, in time n log n of the operations and read records. Two operations are one after the
 * other only when one ended strictly before the other was invoked; otherwise they overlap, and either order is legal.
 */
public final class HistoryChecker {
    private final CheckOptions options;

    public HistoryChecker(CheckOptions options) {
        this.options = options;
    }

    public Verdict check(History history) {
        Findings findings = new Findings(options.findingsKeptPerKind());
        Thinness thinness = new Thinness(options);
        List<Rule> rules = rules(history);
        Writes writes = history.writes();
        Polls polls = history.polls();
        int partitions = history.partitions().size();
        RowsByPartition writeRows = new RowsByPartition(partitions, writes.size(), writes::partition);
        RowsByPartition pollRows = new RowsByPartition(partitions, polls.size(), polls::partition);
        for (Partition partition : history.partitions()) {
            PartitionHistory part = new PartitionHistory(history, partition, writeRows, pollRows);
            rules.forEach(rule -> rule.judge(part, findings));
            thinness.look(part);
        }
        return verdict(TallyCount.of(history), findings, thinness);
    }

    private static List<Rule> rules(History history) {
        return List.of(
                new LossRule(),
                new NeverWrittenRule(),
                new DuplicateRule(history),
                new OrderRule(history),
                new TwoValuesRule(),
                new UnorderedPollRule(),
                new PositionRule(),
                new MissingRecordRule(),
                new RealTimeRule());
    }

    /** What was found stands, however thin the run was. */
    private static Verdict verdict(Tally tally, Findings findings, Thinness thinness) {
        if (!findings.isEmpty()) {
            return new Verdict.Invalid(tally, findings.counts(), findings.kept());
        }
        List<String> doubts = thinness.doubts(tally);
        return doubts.isEmpty() ? new Verdict.Valid(tally) : new Verdict.Unknown(tally, doubts);
    }
}
