package io.millrace.gateway.kafka;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

/** A connection on which a test sends frames, right or wrong, and reads what comes. */
public final class FrameClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int RECEIVE_BYTES = 64 << 10;

    private static final String CLIENT_ID = "test";

    private final String clientId;
    private final Socket socket;
    private final DataInputStream in;
    private int correlationId;

    FrameClient(InetSocketAddress address) throws IOException {
        this(address, CLIENT_ID);
    }

    FrameClient(InetSocketAddress address, String clientId) throws IOException {
        this.clientId = clientId;
        this.socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BYTES); // so that what it does not read is soon not sent
        socket.connect(address, PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** Sends a request; returns its correlation id. */
    public int send(ApiMessage request, int version) throws IOException {
        correlationId++;
        sendRaw(frame(request, version, correlationId, clientId));
        return correlationId;
    }

    /** Sends a request and reads its response. */
    public <T extends ApiMessage> T call(ApiMessage request, int version, Class<T> response) throws IOException {
        int sent = send(request, version);
        return receive(sent, request.apiKey(), version, response);
    }

    /** Reads the next response, which must be that of the correlation id. */
    public <T extends ApiMessage> T receive(int expected, short apiKey, int version, Class<T> response)
            throws IOException {
        ByteBuffer frame = receiveFrame();
        int got = frame.getInt();
        if (got != expected) {
            throw new AssertionError("Response " + got + " came instead of " + expected);
        }
        ApiMessageType type = ApiMessageType.fromApiKey(apiKey);
        if (type.responseHeaderVersion((short) version) >= 1) {
            frame.get(); // no tagged fields
        }
        T message = response.cast(type.newResponse());
        message.read(new ByteBufferAccessor(frame), (short) version);
        if (frame.hasRemaining()) {
            throw new AssertionError(frame.remaining() + " bytes too many in " + message);
        }
        return message;
    }

    public ByteBuffer receiveFrame() throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return ByteBuffer.wrap(bytes);
    }

    /** Sends bytes as they are. */
    public void sendRaw(ByteBuffer bytes) throws IOException {
        byte[] all = new byte[bytes.remaining()];
        bytes.get(all);
        socket.getOutputStream().write(all);
        socket.getOutputStream().flush();
    }

    /** Whether the server ends the connection, having sent nothing more. */
    public boolean isEnded() throws IOException {
        try {
            return in.read() < 0;
        } catch (EOFException | SocketException reset) {
            return true;
        }
    }

    /** A whole frame, its length included. */
    public static ByteBuffer frame(ApiMessage request, int version, int correlationId) {
        return frame(request, version, correlationId, CLIENT_ID);
    }

    private static ByteBuffer frame(ApiMessage request, int version, int correlationId, String clientId) {
        short v = (short) version;
        RequestHeaderData header = new RequestHeaderData()
                .setRequestApiKey(request.apiKey())
                .setRequestApiVersion(v)
                .setCorrelationId(correlationId)
                .setClientId(clientId);
        short headerVersion = ApiMessageType.fromApiKey(request.apiKey()).requestHeaderVersion(v);
        ByteBuffer head = bytes(header, headerVersion);
        ByteBuffer body = bytes(request, v);
        return ByteBuffer.allocate(Integer.BYTES + head.remaining() + body.remaining())
                .putInt(head.remaining() + body.remaining())
                .put(head)
                .put(body)
                .flip();
    }

    private static ByteBuffer bytes(Message message, short version) {
        ObjectSerializationCache cache = new ObjectSerializationCache();
        ByteBuffer buffer = ByteBuffer.allocate(message.size(cache, version));
        message.write(new ByteBufferAccessor(buffer), cache, version);
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
