package io.millrace.core.records;

/** The records of a batch take more bytes, decompressed, than whoever reads them allows. */
public final class DecompressionLimitException extends InvalidBatchException {
    private static final long serialVersionUID = 1L;

    DecompressionLimitException(int maxBytes, Throwable cause) {
        super("The records of the batch decompress to more than the limit of " + maxBytes + " bytes.", cause);
    }
}
