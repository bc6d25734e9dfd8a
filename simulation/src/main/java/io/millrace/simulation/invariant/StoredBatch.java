package io.millrace.simulation.invariant;

import io.millrace.core.records.BatchHeader;

/**
 * A batch as a log holds it. Two that are equal hold the same records: the checksum is over all that the producer wrote.
 *
 * @param nextOffset behind its last record
 */
record StoredBatch(long baseOffset, long nextOffset, int leaderEpoch, int crc) {
    static StoredBatch of(BatchHeader header) {
        return new StoredBatch(header.baseOffset(), header.nextOffset(), header.leaderEpoch(), header.crc());
    }

    @Override
    public String toString() {
        return "[" + baseOffset + ", " + nextOffset + ") of epoch " + leaderEpoch + " (" + Integer.toHexString(crc)
                + ")";
    }
}
