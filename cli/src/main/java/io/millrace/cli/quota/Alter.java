package io.millrace.cli.quota;

import io.millrace.cli.output.OutputFormat;
import io.millrace.cli.session.CommandFailure;
import io.millrace.cli.session.ExitCode;
import io.millrace.cli.session.Session;
import io.millrace.v1.AlterQuotasRequest;
import io.millrace.v1.AlterQuotasResponse;
import io.millrace.v1.QuotaAlteration;
import io.millrace.v1.QuotaChange;
import org.jspecify.annotations.Nullable;

/** A change of one entity's quotas, and how it ended. */
record Alter(QuotaChange change) {
    static Alter one(Session session, QuotaAlteration alteration, boolean dryRun) {
        AlterQuotasResponse response = session.ask(connection -> connection
                .quotas()
                .alterQuotas(AlterQuotasRequest.newBuilder()
                        .addAlterations(alteration)
                        .setValidateOnly(dryRun)
                        .build()));
        if (response.getChangesCount() != 1) {
            throw CommandFailure.failed("The gateway did not say what became of it.");
        }
        return new Alter(response.getChanges(0));
    }

    /** Tells a person what was done or why not, and a program whose quotas they are; returns what the command is to end with. */
    ExitCode tell(Session session, @Nullable OutputFormat atCommand, String done) {
        if (change.hasError()) {
            session.io().tell(change.getError().getMessage());
            return change.getError().getRetryable() ? ExitCode.UNAVAILABLE : ExitCode.FAILED;
        }
        if (session.format(atCommand) == OutputFormat.TABLE) {
            session.io().tell("Quotas of " + QuotaAnswer.sentence(change.getEntity()) + " " + done + ".");
        } else {
            session.print(atCommand, QuotaAnswer.entity(change.getEntity()));
        }
        return ExitCode.OK;
    }
}
