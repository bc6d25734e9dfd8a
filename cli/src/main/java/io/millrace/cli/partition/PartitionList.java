package io.millrace.cli.partition;

import io.millrace.cli.output.OutputOption;
import io.millrace.cli.session.Session;
import io.millrace.v1.PartitionCondition;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `millrace partition list`. */
@Command(name = "list", description = "Show who keeps and leads partitions, and which are in trouble.")
final class PartitionList implements Runnable {
    private final Session session;

    @Option(names = "--topic", paramLabel = "NAME", description = "Only those of this topic.")
    private String topic = "";

    @ArgGroup
    private Which which = new Which();

    @Option(names = "--lag", description = "Ask the leaders how far each replica is behind.")
    private boolean lag;

    @Mixin
    private OutputOption output = new OutputOption();

    PartitionList(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        var found = session.ask(connection -> Survey.of(connection, topic, which.condition(), lag));
        session.print(output.format(), PartitionAnswer.list(found));
    }

    /** What they have in common. */
    static final class Which {
        @Option(names = "--under-replicated", description = "Only those with replicas missing from the in-sync set.")
        private boolean underReplicated;

        @Option(names = "--offline", description = "Only those without a leader.")
        private boolean offline;

        @Option(names = "--under-min-isr", description = "Only those that take no writes with acks=all.")
        private boolean underMinIsr;

        @Option(names = "--reassigning", description = "Only those that are being moved.")
        private boolean reassigning;

        PartitionCondition condition() {
            if (underReplicated) {
                return PartitionCondition.PARTITION_CONDITION_UNDER_REPLICATED;
            }
            if (offline) {
                return PartitionCondition.PARTITION_CONDITION_OFFLINE;
            }
            if (underMinIsr) {
                return PartitionCondition.PARTITION_CONDITION_UNDER_MIN_ISR;
            }
            return reassigning
                    ? PartitionCondition.PARTITION_CONDITION_REASSIGNING
                    : PartitionCondition.PARTITION_CONDITION_UNSPECIFIED;
        }
    }
}
