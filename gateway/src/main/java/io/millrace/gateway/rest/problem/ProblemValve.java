package io.millrace.gateway.rest.problem;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Tomcat itself refuses, before any of our code runs, gets the same body instead of a page in HTML. */
public final class ProblemValve extends ErrorReportValve {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);

    private final ProblemWriter writer;

    public ProblemValve(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable cause) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            String uri = request.getRequestURI() == null ? "/" : request.getRequestURI();
            writer.write(
                    ProblemErrorController.problemOf(status, uri), uri, request.getRequest(), response.getResponse());
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("An error could not be told to its caller", gone);
        }
    }
}
