package io.millrace.gateway.rest.write;

import io.millrace.gateway.produce.NewRecord;
import io.millrace.gateway.rest.problem.Problem;
import io.millrace.gateway.rest.problem.ProblemKind;
import io.millrace.gateway.rest.records.JsonText;
import io.millrace.gateway.rest.records.Octets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the lines of a body become records. The value is the line, byte for byte, in either. */
enum LineFormat {
    /** Each line is a JSON value; lines of white space are passed over, as NDJSON has it. */
    NDJSON {
        @Override
        Optional<NewRecord> record(Octets line, WriteOptions options) {
            if (isBlank(line.array())) {
                return Optional.empty();
            }
            if (JsonText.utf8(line.array()).isEmpty() || !JsonText.isJson(line.array())) {
                throw Problem.of(ProblemKind.UNPARSABLE, "The line is not one JSON value in UTF-8.")
                        .asException();
            }
            ByteBuffer key =
                    options.keyField().isPresent() ? options.keyField().get().keyIn(line.array()) : keyOf(options);
            return Optional.of(recordOf(key, line, options));
        }
    },
    /** Each line is a record, an empty one too. */
    TEXT {
        @Override
        Optional<NewRecord> record(Octets line, WriteOptions options) {
            return Optional.of(recordOf(keyOf(options), line, options));
        }
    };

    /** The record that the line is, if it is one; throws the problem when it cannot be one. */
    abstract Optional<NewRecord> record(Octets line, WriteOptions options);

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private static @Nullable ByteBuffer keyOf(WriteOptions options) {
        return options.key()
                .map(text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
                .orElse(null);
    }

    private static NewRecord recordOf(@Nullable ByteBuffer key, Octets line, WriteOptions options) {
        return new NewRecord(key, line.buffer(), options.headers(), options.partition(), options.timestampMillis());
    }
}
