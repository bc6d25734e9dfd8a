package io.millrace.gateway.rest.body;

import io.millrace.core.api.Refusal;
import io.millrace.gateway.rest.problem.Refusals;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that request bodies which have not come to their end may take together, so that many slow senders of large
 * bodies cannot take all there is. The first bytes of each are free: small requests pass also when the room is taken.
 */
public final class BodyRoom extends HttpFilter {
    private static final String SHARE = BodyRoom.class.getName();
    private static final long FREE_BYTES = 64 * 1024;
    private static final long RETRY_AFTER_MILLIS = 1_000;
    private static final long serialVersionUID = 1L;

    private final long limitBytes;
    private final AtomicLong takenBytes = new AtomicLong();

    /** Room for so many bytes. */
    public BodyRoom(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** The share of a request that came through this filter. */
    public static Share shareOf(HttpServletRequest request) {
        return (Share) Objects.requireNonNull(request.getAttribute(SHARE));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Share share = new Share();
        request.setAttribute(SHARE, share);
        try {
            chain.doFilter(request, response);
        } finally {
            share.hold(0);
        }
    }

    /** What one request holds. For the thread that reads its body. */
    public final class Share {
        private long held;

        /** Holds so many bytes from now on, instead of as many as before; ends the request with 429 when there is no room. */
        public void hold(long bytes) {
            long counted = Math.max(0, bytes - FREE_BYTES);
            long more = counted - held;
            if (more == 0) {
                return;
            }
            if (takenBytes.addAndGet(more) > limitBytes && more > 0) {
                takenBytes.addAndGet(-more);
                throw Refusals.problemOf(new Refusal.Overloaded(
                                "The request bodies that this gateway is reading take as much memory as they may ("
                                        + limitBytes + " bytes).",
                                RETRY_AFTER_MILLIS))
                        .asException();
            }
            held = counted;
        }
    }
}
