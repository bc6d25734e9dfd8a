package io.millrace.cli.quota;

import io.millrace.cli.output.OutputOption;
import io.millrace.cli.session.Connection;
import io.millrace.cli.session.Session;
import io.millrace.v1.ListQuotasRequest;
import io.millrace.v1.ListQuotasResponse;
import io.millrace.v1.Quota;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** `millrace quota list`. */
@Command(name = "list", description = "Show all quotas.")
final class QuotaList implements Runnable {
    private final Session session;

    @Mixin
    private OutputOption output = new OutputOption();

    QuotaList(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        session.print(output.format(), QuotaAnswer.list(session.ask(QuotaList::everyPage)));
    }

    private static List<Quota> everyPage(Connection connection) {
        List<Quota> quotas = new ArrayList<>();
        String page = "";
        do {
            ListQuotasResponse response = connection
                    .quotas()
                    .listQuotas(
                            ListQuotasRequest.newBuilder().setPageToken(page).build());
            quotas.addAll(response.getQuotasList());
            page = response.getNextPageToken();
        } while (!page.isEmpty());
        return quotas;
    }
}
