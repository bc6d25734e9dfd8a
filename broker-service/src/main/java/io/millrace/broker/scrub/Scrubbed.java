package io.millrace.broker.scrub;

import io.millrace.broker.log.segment.LogDamage;
import io.millrace.broker.log.segment.Stretch;
import io.millrace.broker.log.segment.VerifyPoint;
import java.util.Optional;
import java.util.function.Consumer;

/** A log that is looked through: one partition's. May be called from any thread. */
public interface Scrubbed {
    /**
     * Hands out what is to be verified next, as {@code PartitionLog.toVerify} does, or nothing at the end or when the log
     * is not open (any more).
     *
     * @param to is called exactly once, on any thread
     */
    void nextStretch(VerifyPoint from, int bytesMax, Consumer<Optional<Stretch>> to);

    /**
     * Something was found that looks like damage. Ask {@code PartitionLog.damageAt} whether it is: sound batches may look
     * so while the log is being cut.
     */
    void suspected(LogDamage damage);
}
