package io.millrace.cli.format;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.millrace.cli.session.CommandFailure;
import io.millrace.v1.Header;
import io.millrace.v1.ProducerRecord;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads records in a format. A field goes up to the literal behind it; a key or value whose length was read before it is exactly
 * so long, so any bytes can be in it. Topic and offset are read and not used. Confined to one thread.
 */
public final class RecordReader {
    private static final byte[] NONE = {};

    private final RecordFormat format;
    private final ByteSource source;
    private final boolean emptyIsNull;
    private final List<byte[]> literals;
    private final byte[] terminator;
    private ProducerRecord.Builder record = ProducerRecord.newBuilder();
    private long recordLine = 1;
    private @Nullable Integer keyLength;
    private @Nullable Integer valueLength;

    /** A record, and the line of the input where it begins, from 1. */
    public record Numbered(ProducerRecord record, long line) {}

    /**
     * Reads from a stream, which stays the caller's to close.
     *
     * @param emptyIsNull whether an empty key or value means a null one
     * @param fieldBytesMax a longer field fails the command instead of filling the memory
     */
    public RecordReader(RecordFormat format, InputStream in, boolean emptyIsNull, int fieldBytesMax) {
        this.format = format;
        this.source = new ByteSource(in, fieldBytesMax);
        this.emptyIsNull = emptyIsNull;
        this.literals = format.elements().stream().map(RecordReader::literal).toList();
        this.terminator = literalAt(format.elements().size() - 1);
        checkThatFieldsCanBeToldApart();
    }

    /** The next record, or nothing at the end of the input; waits for input. */
    public Optional<Numbered> next() {
        if (source.atEnd()) {
            return Optional.empty();
        }
        record = ProducerRecord.newBuilder();
        recordLine = source.line();
        keyLength = null;
        valueLength = null;
        List<FormatElement> elements = format.elements();
        for (int at = 0; at < elements.size(); at++) {
            switch (elements.get(at)) {
                case FormatElement.Literal literal -> expect(literal, at);
                case FormatElement.Part(Field field) -> {
                    if (read(field, at)) {
                        at++;
                    }
                }
            }
        }
        return Optional.of(new Numbered(record.build(), recordLine));
    }

    /** Whether the next record may be long in coming, so that those read so far should not wait for it. */
    public boolean idle() {
        return source.idle();
    }

    /** Bytes of input read so far. */
    public long consumed() {
        return source.consumed();
    }

    /** Reads one field; true when the literal behind it was consumed with it. */
    private boolean read(Field field, int at) {
        Integer length = lengthOf(field);
        if (length != null) {
            if (length >= 0) {
                if (!source.readExactly(length)) {
                    throw broken("ends in the middle of the " + field.title());
                }
                take(field, source.field());
            }
            return false;
        }
        byte[] delimiter = literalAt(at + 1);
        boolean last = fieldsBehind(at) == 0;
        ByteSource.End end = source.readUntil(delimiter, last ? NONE : terminator);
        boolean complete = end == ByteSource.End.DELIMITER || (end == ByteSource.End.INPUT && last);
        if (!complete) {
            throw broken("has no \"" + new FormatElement.Literal(ByteString.copyFrom(delimiter)).escaped()
                    + "\" behind its " + field.title());
        }
        take(field, source.field());
        return delimiter.length > 0;
    }

    private void take(Field field, byte[] bytes) {
        switch (field) {
            case KEY -> {
                if (bytes.length > 0 || !emptyIsNull) {
                    record.setKey(UnsafeByteOperations.unsafeWrap(bytes));
                }
            }
            case VALUE -> {
                if (bytes.length > 0 || !emptyIsNull) {
                    record.setValue(UnsafeByteOperations.unsafeWrap(bytes));
                }
            }
            case HEADERS -> headers(bytes);
            case PARTITION -> record.setPartition(Math.toIntExact(number(field, bytes, Integer.MAX_VALUE)));
            case TIMESTAMP ->
                record.setTimestamp(Timestamps.of(Instant.ofEpochMilli(number(field, bytes, Long.MAX_VALUE))));
            case KEY_LENGTH -> keyLength = Math.toIntExact(number(field, bytes, Integer.MAX_VALUE));
            case VALUE_LENGTH -> valueLength = Math.toIntExact(number(field, bytes, Integer.MAX_VALUE));
            case TOPIC, OFFSET -> {}
        }
    }

    private void headers(byte[] bytes) {
        int from = 0;
        while (from < bytes.length) {
            int end = indexOf(bytes, ',', from, bytes.length);
            int equals = indexOf(bytes, '=', from, end);
            Header.Builder header =
                    Header.newBuilder().setKey(new String(bytes, from, equals - from, StandardCharsets.UTF_8));
            if (equals < end) {
                header.setValue(ByteString.copyFrom(bytes, equals + 1, end - equals - 1));
            }
            record.addHeaders(header);
            from = end + 1;
        }
    }

    private static int indexOf(byte[] bytes, char wanted, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    private long number(Field field, byte[] bytes, long max) {
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        try {
            long number = Long.parseLong(text);
            if (number >= -1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw broken("has a " + field.title() + " that is not a number: \"" + text + "\"");
        }
        throw broken("has a " + field.title() + " that is out of range: " + text);
    }

    private void expect(FormatElement.Literal literal, int at) {
        boolean last = at == literals.size() - 1;
        if (last && source.atEnd()) {
            return;
        }
        byte[] bytes = literalAt(at);
        if (!source.readExactly(bytes.length) || !Arrays.equals(source.field(), bytes)) {
            throw broken("does not have \"" + literal.escaped() + "\" where the format has it");
        }
    }

    private @Nullable Integer lengthOf(Field field) {
        return switch (field) {
            case KEY -> keyLength;
            case VALUE -> valueLength;
            default -> null;
        };
    }

    private byte[] literalAt(int index) {
        return index >= 0 && index < literals.size() ? literals.get(index) : NONE;
    }

    private static byte[] literal(FormatElement element) {
        return element instanceof FormatElement.Literal(ByteString bytes) ? bytes.toByteArray() : NONE;
    }

    private long fieldsBehind(int at) {
        return format.elements().stream()
                .skip(at + 1L)
                .filter(FormatElement.Part.class::isInstance)
                .count();
    }

    private void checkThatFieldsCanBeToldApart() {
        if (!format.has(Field.VALUE) && !format.has(Field.KEY)) {
            throw CommandFailure.usage("The format reads neither a key (%k) nor a value (%v).");
        }
        List<FormatElement> elements = format.elements();
        for (int at = 0; at + 1 < elements.size(); at++) {
            if (elements.get(at) instanceof FormatElement.Part(Field field)
                    && elements.get(at + 1) instanceof FormatElement.Part(Field next)
                    && !lengthIsKnown(field, at)) {
                throw CommandFailure.usage("Nothing in the format tells where %" + field.letter() + " ends and %"
                        + next.letter() + " begins: put a character between them, or a length (%K, %S) before.");
            }
        }
    }

    private boolean lengthIsKnown(Field field, int at) {
        Field length = field == Field.KEY ? Field.KEY_LENGTH : Field.VALUE_LENGTH;
        boolean variable = field == Field.KEY || field == Field.VALUE;
        return variable && format.elements().subList(0, at).contains(new FormatElement.Part(length));
    }

    private CommandFailure broken(String how) {
        return CommandFailure.failed("Line " + recordLine + " " + how + "; check the format (-f) against the input.");
    }
}
