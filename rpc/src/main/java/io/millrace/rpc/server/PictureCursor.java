package io.millrace.rpc.server;

import io.millrace.rpc.server.PictureHistory.Snapshot;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;

/** Where one watcher is in the history. Confined to the feed's thread. */
final class PictureCursor {
    /** Before every version. */
    private static final long NOWHERE = -1;

    private long version = NOWHERE;
    private Iterator<SerialisedStep> pieces = Collections.emptyIterator();

    private PictureCursor() {}

    /** For a watcher that has a picture already, which counts when changes lead on from it. */
    static PictureCursor of(String clusterId, long version, PictureHistory history) {
        PictureCursor cursor = new PictureCursor();
        if (clusterId.equals(history.clusterId()) && history.bridgesFrom(version)) {
            cursor.version = version;
        }
        return cursor;
    }

    /** What the watcher gets next; nothing when it is up to date. */
    Optional<SerialisedStep> next(PictureHistory history) {
        if (pieces.hasNext()) {
            return Optional.of(pieces.next());
        }
        if (version == history.version()) {
            return Optional.empty();
        }
        Optional<SerialisedStep> delta = version == NOWHERE ? Optional.empty() : history.deltaAfter(version);
        if (delta.isPresent()) {
            version++;
            return delta;
        }
        Snapshot snapshot = history.snapshot();
        version = snapshot.version();
        pieces = snapshot.pieces().iterator();
        return Optional.of(pieces.next());
    }

    /** Versions from where this is to the present; a picture that is still being sent counts as sent. */
    long lag(PictureHistory history) {
        return history.version() - Math.max(0, version);
    }

    /** Whether there is nothing to send. */
    boolean isAtTheEnd(PictureHistory history) {
        return !pieces.hasNext() && version == history.version();
    }
}
