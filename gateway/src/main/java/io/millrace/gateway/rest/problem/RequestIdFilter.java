package io.millrace.gateway.rest.problem;

import io.millrace.core.environment.Randomness;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gives every request an id, which its answer and our log carry: the caller's own when it is short and harmless. */
public final class RequestIdFilter extends HttpFilter {
    /** The header in which callers send their id and every answer carries it. */
    public static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = RequestIdFilter.class.getName();
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final long serialVersionUID = 1L;

    private final transient Randomness randomness;

    public RequestIdFilter(Randomness randomness) {
        this.randomness = randomness;
    }

    /** The id of a request that came through this filter. */
    public static @Nullable String idOf(HttpServletRequest request) {
        return (String) request.getAttribute(ATTRIBUTE);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String asked = request.getHeader(HEADER);
        String id = asked != null && HARMLESS.matcher(asked).matches()
                ? asked
                : randomness.nextUuid().toString();
        request.setAttribute(ATTRIBUTE, id);
        response.setHeader(HEADER, id);
        chain.doFilter(request, response);
    }
}
