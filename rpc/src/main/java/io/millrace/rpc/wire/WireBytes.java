package io.millrace.rpc.wire;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of messages without needless copies. What arrives is copied once, out of the network's buffers into an array of
 * its own; the byte fields of the message that is parsed from it are windows on that array.
 */
public final class WireBytes {
    /** Hands the bytes of a message over as they are, each message in an array of its own. */
    public static final Marshaller<byte[]> MARSHALLER = new WholeMessage();

    private WireBytes() {}

    /** Parses a message that keeps the array, whose owner must not change it any more except through {@link #view}. */
    public static <M extends MessageLite> M parse(Parser<M> parser, byte[] bytes) throws MalformedMessageException {
        try {
            CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
            in.enableAliasing(true);
            M message = parser.parseFrom(in);
            in.checkLastTagWas(0);
            return message;
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedMessageException("The message cannot be parsed: " + e.getMessage());
        }
    }

    /** The bytes from position to limit, not copied: they must not change until the message is sent. */
    static ByteString wrap(ByteBuffer bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    /** A writable window on the bytes of a parsed field, not copied. */
    static ByteBuffer view(ByteString bytes) {
        if (bytes.isEmpty()) {
            return ByteBuffer.allocate(0);
        }
        try {
            Window window = new Window(bytes.size());
            UnsafeByteOperations.unsafeWriteTo(bytes, window);
            return window.bytes();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Takes an array over as it is when it comes in one piece; gathers pieces otherwise. */
    private static final class Window extends ByteOutput {
        private final int size;
        private ByteBuffer gathered = ByteBuffer.allocate(0);

        Window(int size) {
            this.size = size;
        }

        ByteBuffer bytes() {
            return gathered.position() == 0 ? gathered : gathered.flip();
        }

        @Override
        public void write(byte value) {
            room().put(value);
        }

        @Override
        public void write(byte[] value, int offset, int length) {
            room().put(value, offset, length);
        }

        @Override
        public void writeLazy(byte[] value, int offset, int length) {
            if (length == size) {
                gathered = ByteBuffer.wrap(value, offset, length).slice();
            } else {
                write(value, offset, length);
            }
        }

        @Override
        public void write(ByteBuffer value) {
            room().put(value);
        }

        @Override
        public void writeLazy(ByteBuffer value) {
            room().put(value);
        }

        private ByteBuffer room() {
            if (gathered.capacity() == 0) {
                gathered = ByteBuffer.allocate(size);
            }
            return gathered;
        }
    }

    private static final class WholeMessage implements Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try (stream) {
                if (stream instanceof KnownLength) {
                    byte[] bytes = new byte[stream.available()];
                    int read = stream.readNBytes(bytes, 0, bytes.length);
                    return read == bytes.length ? bytes : Arrays.copyOf(bytes, read);
                }
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException("A message that has arrived cannot be read", e);
            }
        }
    }
}
