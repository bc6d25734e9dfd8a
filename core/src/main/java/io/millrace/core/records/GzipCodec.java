package io.millrace.core.records;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The gzip format (RFC 1952). */
final class GzipCodec extends Codec {
    static final GzipCodec INSTANCE = new GzipCodec();

    private static final int BUFFER_BYTES = 8 * 1024;

    private GzipCodec() {}

    @Override
    void compress(byte[] from, int position, int length, GrowingBytes to) throws IOException {
        try (GZIPOutputStream gzip = new GZIPOutputStream(to, BUFFER_BYTES)) {
            gzip.write(from, position, length);
        }
    }

    @Override
    void decompress(byte[] from, int position, int length, GrowingBytes to) throws IOException {
        try (GZIPInputStream gzip =
                new GZIPInputStream(new ByteArrayInputStream(from, position, length), BUFFER_BYTES)) {
            to.readAll(gzip);
        }
    }
}
