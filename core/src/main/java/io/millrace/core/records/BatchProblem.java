package io.millrace.core.records;

/** What is wrong with a batch. */
public sealed interface BatchProblem {
    /** A full sentence for whoever sent or reads the batch, with the numbers in it. */
    String message();

    /** The batch is larger than the limit. */
    record TooLarge(long sizeBytes, long limitBytes) implements BatchProblem {
        @Override
        public String message() {
            return "The record batch has " + sizeBytes + " bytes; the limit is " + limitBytes + " bytes.";
        }
    }

    /** The bytes are damaged: cut off, of an impossible size, or not those that the CRC was made of. */
    record Corrupt(String message) implements BatchProblem {}

    /** The batch is whole, but it says something that is not allowed or cannot be. */
    record Invalid(String message) implements BatchProblem {}

    /** The batch names a compression codec that there is not. */
    record UnsupportedCodec(int codecId) implements BatchProblem {
        @Override
        public String message() {
            return "The record batch names compression codec " + codecId
                    + "; known are 0 (none), 1 (gzip), 2 (snappy), 3 (lz4) and 4 (zstd).";
        }
    }
}
