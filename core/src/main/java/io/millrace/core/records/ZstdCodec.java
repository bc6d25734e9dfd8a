package io.millrace.core.records;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** The Zstandard format (RFC 8878). */
final class ZstdCodec extends Codec {
    static final ZstdCodec INSTANCE = new ZstdCodec();

    private ZstdCodec() {}

    @Override
    void compress(byte[] from, int position, int length, GrowingBytes to) throws IOException {
        try (ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(to)) {
            zstd.write(from, position, length);
        }
    }

    @Override
    void decompress(byte[] from, int position, int length, GrowingBytes to) throws IOException {
        try (ZstdInputStreamNoFinalizer zstd =
                new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(from, position, length))) {
            to.readAll(zstd);
        }
    }
}
