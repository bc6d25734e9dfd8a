package io.millrace.broker.log;

import io.millrace.broker.log.segment.CorruptSegmentException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Lets the operations of a log through until one fails; from then on none. Confined to the event loop. */
final class Fuse {
    private final String log;
    private @Nullable IOException first;

    Fuse(String log) {
        this.log = log;
    }

    /** An operation that may meet an error of the disk. */
    interface Operation<T> {
        T run() throws IOException;
    }

    <T> T run(Operation<T> operation) throws IOException {
        requireIntact();
        try {
            return operation.run();
        } catch (IOException e) {
            first = e;
            throw e;
        }
    }

    /** Runs an operation that changes nothing: what cannot be read in one place leaves the rest in use. */
    <T> T read(Operation<T> operation) throws IOException {
        requireIntact();
        try {
            return operation.run();
        } catch (CorruptSegmentException damage) {
            throw damage;
        } catch (IOException unreadable) {
            throw new CorruptSegmentException("Log " + log + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Runs an operation that only damage may keep from its end. */
    <T> T tolerateDamage(Operation<T> operation) throws IOException {
        requireIntact();
        try {
            return operation.run();
        } catch (CorruptSegmentException damage) {
            throw damage;
        } catch (IOException e) {
            first = e;
            throw e;
        }
    }

    void blow(IOException cause) {
        if (first == null) {
            first = cause;
        }
    }

    boolean isBlown() {
        return first != null;
    }

    void requireIntact() throws IOException {
        if (first != null) {
            throw new LogFailedException(log, first);
        }
    }
}
