package io.millrace.gateway.rest.write;

import io.millrace.gateway.rest.problem.Problem;
import io.millrace.gateway.rest.problem.ProblemKind;
import io.millrace.gateway.rest.query.PlainValues;
import io.millrace.gateway.rest.query.Query;
import io.millrace.gateway.rest.records.JsonField;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;

/**
 * Where a JSON value has the key of its record: the name of a member, or a JSON pointer (RFC 6901) when it begins with a
 * slash. A string is the key as text, null is no key, and any other value is the key as JSON.
 */
record KeyField(String text, JsonPointer pointer) {
    static KeyField of(String text) {
        try {
            return new KeyField(
                    text,
                    text.startsWith("/")
                            ? JsonPointer.compile(text)
                            : JsonPointer.empty().appendProperty(text));
        } catch (IllegalArgumentException wrong) {
            throw Query.wrong("'" + PlainValues.shortened(text)
                    + "' is not what key_field can be: the name of a member or a JSON pointer.");
        }
    }

    /** The key in a line of JSON; throws a problem when the line has no such field. */
    @Nullable
    ByteBuffer keyIn(byte[] json) {
        return JsonField.find(json, pointer).orElseThrow(this::missing).bytes();
    }

    private RuntimeException missing() {
        return Problem.of(
                        ProblemKind.UNPARSABLE,
                        "The line has no field '" + PlainValues.shortened(text) + "' to take its key from.")
                .asException();
    }
}
