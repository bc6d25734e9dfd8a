package io.millrace.rpc.server;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.millrace.internal.v1.WatchMetadataResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A message to watchers as it goes over the wire, so that it is serialised once however many they are. */
final class SerialisedStep {
    /** Sends the bytes as they are; a server receives none. */
    static final Marshaller<SerialisedStep> MARSHALLER = new Marshaller<>() {
        @Override
        public InputStream stream(SerialisedStep step) {
            return new Bytes(step.bytes);
        }

        @Override
        public SerialisedStep parse(InputStream stream) {
            throw Status.INTERNAL
                    .withDescription("A controller receives no steps of a picture.")
                    .asRuntimeException();
        }
    };

    private final byte[] bytes;

    private SerialisedStep(byte[] bytes) {
        this.bytes = bytes;
    }

    static SerialisedStep of(WatchMetadataResponse response) {
        return new SerialisedStep(response.toByteArray());
    }

    int sizeBytes() {
        return bytes.length;
    }

    /** Tells gRPC the length, and hands over the bytes in one go. */
    private static final class Bytes extends ByteArrayInputStream implements Drainable, KnownLength {
        Bytes(byte[] bytes) {
            super(bytes);
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            return Math.toIntExact(transferTo(target));
        }
    }
}
