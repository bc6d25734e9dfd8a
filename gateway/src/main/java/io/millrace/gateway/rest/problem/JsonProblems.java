package io.millrace.gateway.rest.problem;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** Says what is wrong with JSON, and where, without a name from our code. */
public final class JsonProblems {
    private JsonProblems() {}

    /** The problem of a body that could not be read; the cause is Jackson's when it knows a place. */
    public static Problem unparsable(@Nullable Throwable cause) {
        String where = cause instanceof JacksonException wrong ? placeOf(wrong) : "";
        return Problem.of(ProblemKind.UNPARSABLE, "The body is not the JSON that is needed" + where + ".");
    }

    private static String placeOf(JacksonException wrong) {
        String path = wrong.getPath().stream().map(JsonProblems::step).collect(Collectors.joining());
        TokenStreamLocation location = wrong.getLocation();
        String place = location == null || location.getLineNr() < 1
                ? ""
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        return place + (path.isEmpty() ? "" : ", in " + path);
    }

    private static String step(JacksonException.Reference step) {
        return "/" + (step.getPropertyName() == null ? Integer.toString(step.getIndex()) : step.getPropertyName());
    }
}
