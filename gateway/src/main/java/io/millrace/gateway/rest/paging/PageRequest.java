package io.millrace.gateway.rest.paging;

import io.millrace.gateway.rest.problem.Problem;
import io.millrace.gateway.rest.problem.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted.
 *
 * @param size at most so many entries
 * @param after the key of the last entry of the page before, as text
 */
public record PageRequest(int size, Optional<String> after) {
    /** The size when none is asked for, and the largest: clients that never ask for a next page miss little. */
    public static final int SIZE_MAX = 1000;

    static final String SIZE = "page_size";
    static final String TOKEN = "page_token";

    /** Reads {@code page_size} and {@code page_token}. */
    public static PageRequest of(HttpServletRequest request) {
        return new PageRequest(
                sizeOf(request.getParameter(SIZE)),
                Optional.ofNullable(request.getParameter(TOKEN)).map(PageRequest::decode));
    }

    static String encode(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static int sizeOf(@Nullable String text) {
        if (text == null) {
            return SIZE_MAX;
        }
        try {
            int size = Integer.parseInt(text);
            if (size >= 1 && size <= SIZE_MAX) {
                return size;
            }
        } catch (NumberFormatException wrong) {
            throw wrongSize(text);
        }
        throw wrongSize(text);
    }

    private static RuntimeException wrongSize(String text) {
        return Problem.of(
                        ProblemKind.INVALID_REQUEST,
                        SIZE + " is a number from 1 to " + SIZE_MAX + ", not '" + text + "'.")
                .asException();
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException wrong) {
            throw wrongToken();
        }
    }

    static RuntimeException wrongToken() {
        return Problem.of(ProblemKind.INVALID_REQUEST, TOKEN + " is not one that a list of this kind gave out.")
                .asException();
    }
}
