package io.millrace.gateway.rest.body;

import io.millrace.core.api.Refusal;
import io.millrace.gateway.rest.problem.JsonProblems;
import io.millrace.gateway.rest.problem.Problem;
import io.millrace.gateway.rest.problem.ProblemKind;
import io.millrace.gateway.rest.problem.Refusals;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads whole request bodies, none larger than a limit, and says in words what is wrong with them. */
public final class JsonBodies {
    private static final int BUFFER_BYTES = 8 * 1024;

    private final JsonMapper json;
    private final int limitBytes;

    public JsonBodies(JsonMapper json, int limitBytes) {
        this.json = json;
        this.limitBytes = limitBytes;
    }

    /** The body as that type. Ends the request with 415, 413 or 422 when it is not JSON, too large, or not of that form. */
    public <T> T read(HttpServletRequest request, Class<T> type) throws IOException {
        requireJson(request);
        byte[] body = readAtMost(request, limitBytes);
        if (body.length == 0) {
            throw Problem.of(ProblemKind.UNPARSABLE, "The request has no body; a JSON object is needed.")
                    .asException();
        }
        try {
            return json.readValue(body, type);
        } catch (JacksonException wrong) {
            throw JsonProblems.unparsable(wrong).asException();
        }
    }

    /** All bytes of the body, or a 413 as soon as there are more than the limit. */
    public static byte[] readAtMost(HttpServletRequest request, int limitBytes) throws IOException {
        if (request.getContentLengthLong() > limitBytes) {
            throw tooLarge(request.getContentLengthLong(), limitBytes);
        }
        try {
            byte[] body = readAll(request, limitBytes + 1);
            if (body.length > limitBytes) {
                throw tooLarge(body.length, limitBytes);
            }
            return body;
        } catch (IOException broken) {
            IdleBody.orThrow(broken);
            throw Problem.of(ProblemKind.BODY_TIMED_OUT, "The request body stopped coming before its end.")
                    .asException();
        }
    }

    private static byte[] readAll(HttpServletRequest request, int atMost) throws IOException {
        BodyRoom.Share share = BodyRoom.shareOf(request);
        ServletInputStream in = request.getInputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0 && body.size() < atMost; read = in.read(buffer)) {
            body.write(buffer, 0, Math.min(read, atMost - body.size()));
            share.hold(body.size());
        }
        return body.toByteArray();
    }

    /** The problem of a body that lacks something that cannot be guessed. */
    public static RuntimeException missing(String member) {
        return Problem.of(ProblemKind.UNPARSABLE, "The body needs the member '" + member + "'.")
                .asException();
    }

    private static void requireJson(HttpServletRequest request) {
        String type = request.getContentType();
        if (type == null) {
            return;
        }
        try {
            MediaType media = MediaType.parseMediaType(type);
            if (media.getSubtype().equals("json") || media.getSubtype().endsWith("+json")) {
                return;
            }
        } catch (InvalidMediaTypeException wrong) {
            throw notJson(type);
        }
        throw notJson(type);
    }

    private static RuntimeException notJson(String type) {
        return Problem.of(
                        ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                        "The content type here is " + MediaType.APPLICATION_JSON_VALUE + ", not " + type + ".")
                .asException();
    }

    private static RuntimeException tooLarge(long size, int limit) {
        return Refusals.problemOf(new Refusal.TooLarge(
                        size, limit, "The body has " + size + " bytes or more; the limit is " + limit + "."))
                .asException();
    }
}
