package io.millrace.cli.quota;

import io.millrace.cli.output.OutputOption;
import io.millrace.cli.session.Session;
import io.millrace.v1.QuotaAlteration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `millrace quota set`. */
@Command(
        name = "set",
        description = "Set quotas, all of them or none.",
        footer = {
            "",
            "producer_byte_rate, consumer_byte_rate: bytes per second",
            "request_percentage: percent of one thread's time",
            "controller_mutation_rate: partitions created, added or deleted per second",
            "connection_creation_rate: connections per second, for addresses only",
            "Each gateway holds clients to them by itself."
        })
final class QuotaSet implements Callable<Integer> {
    private final Session session;

    @Mixin
    private EntityOptions entity = new EntityOptions();

    @Parameters(arity = "1..*", paramLabel = "NAME=LIMIT", description = "Like producer_byte_rate=1048576.")
    private Map<String, Double> limits = new LinkedHashMap<>();

    @Option(names = "--dry-run", description = "Check everything and change nothing.")
    private boolean dryRun;

    @Mixin
    private OutputOption output = new OutputOption();

    QuotaSet(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        QuotaAlteration alteration = QuotaAlteration.newBuilder()
                .setEntity(entity.entity())
                .putAllSet(limits)
                .build();
        return Alter.one(session, alteration, dryRun)
                .tell(session, output.format(), dryRun ? "could be set so" : "are set")
                .number();
    }
}
