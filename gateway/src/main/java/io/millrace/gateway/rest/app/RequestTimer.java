package io.millrace.gateway.rest.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.gateway.app.RequestTimers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.servlet.HandlerMapping;

/** Times every request, from its headers to the end of its answer, as gRPC calls are timed. */
final class RequestTimer extends HttpFilter {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    /** Spring's own mapping of paths that nobody else has taken. */
    private static final String ANYTHING = "/**";

    private static final long serialVersionUID = 1L;

    private final transient MeterRegistry meters;

    RequestTimer(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Timer.Sample sample = Timer.start(meters);
        try {
            chain.doFilter(request, response);
        } finally {
            sample.stop(RequestTimers.of(meters, "rest", operation(request), Integer.toString(response.getStatus())));
        }
    }

    /** Paths and methods that are not served come from clients, who could make endless series of them. */
    private static String operation(HttpServletRequest request) {
        Object path = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        boolean served = path != null && !path.equals(ANYTHING) && METHODS.contains(request.getMethod());
        return served ? request.getMethod() + " " + path : "unknown";
    }
}
