package io.millrace.cli.quota;

import io.millrace.cli.output.OutputOption;
import io.millrace.cli.session.Session;
import io.millrace.v1.QuotaAlteration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `millrace quota reset`. */
@Command(name = "reset", description = "End quotas; what is set for more general entities holds again.")
final class QuotaReset implements Callable<Integer> {
    private final Session session;

    @Mixin
    private EntityOptions entity = new EntityOptions();

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Like producer_byte_rate.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--dry-run", description = "Check everything and change nothing.")
    private boolean dryRun;

    @Mixin
    private OutputOption output = new OutputOption();

    QuotaReset(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        QuotaAlteration alteration = QuotaAlteration.newBuilder()
                .setEntity(entity.entity())
                .addAllReset(names)
                .build();
        return Alter.one(session, alteration, dryRun)
                .tell(session, output.format(), dryRun ? "could be reset" : "are reset")
                .number();
    }
}
