package io.millrace.gateway.read;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicName;
import io.millrace.core.model.TopicPartition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The text form of cursors: base64url without padding of
 * {@code version:1 byte, topics:{length, name}*, positions:{topic index, partition, offset, leader epoch + 1}*, CRC-32C:4
 * bytes}}, every number but the first and the last a varint of 7 bits a byte, low bits first, each list behind its count. The sum finds
 * cursors that were cut or mistyped; it does not stop forgers, who gain nothing by it: every read is checked against the
 * log as it stands.
 */
final class CursorText {
    /** Longest text taken, in characters: it holds some thousand positions. */
    static final int LENGTH_MAX = 64 * 1024;

    private static final byte VERSION = 1;
    private static final int CRC_BYTES = 4;
    private static final int VARLONG_BYTES_MAX = 10;
    /** Bytes of a position at least: four numbers of one byte. */
    private static final int POSITION_BYTES_MIN = 4;
    /** Bytes of a topic at least: a length and one character. */
    private static final int TOPIC_BYTES_MIN = 2;

    private CursorText() {}

    static String encode(Cursor cursor) {
        List<String> topics = new ArrayList<>(new LinkedHashSet<>(cursor.positions().stream()
                .map(position -> position.partition().topic())
                .toList()));
        ByteBuffer out = ByteBuffer.allocate(sizeBound(topics, cursor));
        out.put(VERSION);
        putVarlong(out, topics.size());
        for (String topic : topics) {
            byte[] name = topic.getBytes(StandardCharsets.UTF_8);
            putVarlong(out, name.length);
            out.put(name);
        }
        putVarlong(out, cursor.positions().size());
        for (Position position : cursor.positions()) {
            putVarlong(out, topics.indexOf(position.partition().topic()));
            putVarlong(out, position.partition().partition());
            putVarlong(out, position.offset());
            putVarlong(out, position.leaderEpoch() + 1L);
        }
        out.putInt(crcOf(out.array(), out.position()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(out.array(), out.position()));
    }

    static Outcome<Cursor> decode(String text) {
        if (text.length() > LENGTH_MAX) {
            return refused("is longer than " + LENGTH_MAX + " characters");
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return refused("has characters that no cursor has");
        }
        int body = bytes.length - CRC_BYTES;
        if (body < 1) {
            return refused("is too short");
        }
        if (ByteBuffer.wrap(bytes).getInt(body) != crcOf(bytes, body)) {
            return refused("is damaged or cut off");
        }
        if (bytes[0] != VERSION) {
            return refused("is of version " + bytes[0] + ", which this gateway does not know");
        }
        try {
            return Outcome.done(new Cursor(positions(ByteBuffer.wrap(bytes, 1, body - 1))));
        } catch (MalformedCursorException e) {
            return refused(e.reason);
        } catch (IllegalArgumentException e) {
            return refused("names a partition twice");
        }
    }

    private static List<Position> positions(ByteBuffer in) throws MalformedCursorException {
        List<String> topics = topics(in);
        int count = count(in, POSITION_BYTES_MIN);
        List<Position> positions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int topic = number(in, topics.size() - 1);
            int partition = number(in, Integer.MAX_VALUE);
            long offset = varlong(in);
            int leaderEpoch = Math.toIntExact(numberUpTo(in, Integer.MAX_VALUE + 1L) - 1);
            positions.add(new Position(new TopicPartition(topics.get(topic), partition), offset, leaderEpoch));
        }
        if (in.hasRemaining()) {
            throw new MalformedCursorException("has something behind its end");
        }
        return positions;
    }

    private static List<String> topics(ByteBuffer in) throws MalformedCursorException {
        int count = count(in, TOPIC_BYTES_MIN);
        List<String> topics = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] name = new byte[count(in, 1)];
            in.get(name);
            String topic = new String(name, StandardCharsets.UTF_8);
            if (TopicName.problemOf(topic).isPresent()) {
                throw new MalformedCursorException("has an illegal topic name");
            }
            topics.add(topic);
        }
        return topics;
    }

    /** A count of things of at least so many bytes, checked against the bytes that remain before anybody allocates. */
    private static int count(ByteBuffer in, int bytesEachMin) throws MalformedCursorException {
        long count = varlong(in);
        if (count > in.remaining() / bytesEachMin) {
            throw new MalformedCursorException("promises more than it holds");
        }
        return (int) count;
    }

    private static int number(ByteBuffer in, int max) throws MalformedCursorException {
        return (int) numberUpTo(in, max);
    }

    private static long numberUpTo(ByteBuffer in, long max) throws MalformedCursorException {
        long number = varlong(in);
        if (number > max) {
            throw new MalformedCursorException("has a number out of range");
        }
        return number;
    }

    private static long varlong(ByteBuffer in) throws MalformedCursorException {
        long value = 0;
        for (int i = 0; i < VARLONG_BYTES_MAX && in.hasRemaining(); i++) {
            byte next = in.get();
            value |= (next & 0x7FL) << (7 * i);
            if (next >= 0) {
                if (value < 0) {
                    throw new MalformedCursorException("has a number out of range");
                }
                return value;
            }
        }
        throw new MalformedCursorException("ends within a number");
    }

    private static void putVarlong(ByteBuffer out, long value) {
        long rest = value;
        while (rest > 0x7F) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static int sizeBound(List<String> topics, Cursor cursor) {
        int names = topics.stream()
                .mapToInt(name -> name.length() * 4 + VARLONG_BYTES_MAX)
                .sum();
        return 1 + 2 * VARLONG_BYTES_MAX + names + cursor.positions().size() * 4 * VARLONG_BYTES_MAX + CRC_BYTES;
    }

    private static int crcOf(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static Outcome<Cursor> refused(String why) {
        return Outcome.refused(new Refusal.InvalidRequest(
                "This cursor " + why + "; pass one on exactly as it was received, or start with 'from'."));
    }

    private static final class MalformedCursorException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        MalformedCursorException(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }
}
