package io.millrace.gateway.kafka.network;

import io.millrace.gateway.kafka.wire.Reply;
import io.millrace.gateway.kafka.wire.ReplyPart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;

/**
 * What a connection has yet to send. Bytes of several replies leave together; records go from their file to the socket. Confined
 * to the connection's thread.
 */
final class ReplySender {
    private static final int BUFFERS_PER_WRITE = 64;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final HeldReplies held;
    private final ArrayDeque<ReplyPart> parts = new ArrayDeque<>();
    private final ByteBuffer[] gathered = new ByteBuffer[BUFFERS_PER_WRITE];
    private final ArrayDeque<Integer> partsOfReplies = new ArrayDeque<>();
    private int sentOfFirst;
    private long sentOfSlice;

    ReplySender(SocketChannel channel, HeldReplies held) {
        this.channel = channel;
        this.held = held;
    }

    void add(Reply.Frame frame) {
        parts.addAll(frame.parts());
        partsOfReplies.add(frame.parts().size());
    }

    /** How many replies are yet to be sent, in whole or in part. */
    int waiting() {
        return partsOfReplies.size();
    }

    /** Sends what the socket takes; returns whether that was everything. */
    boolean send() throws IOException {
        while (!parts.isEmpty()) {
            boolean all = parts.getFirst() instanceof ReplyPart.Records(var ignored) ? sendSlice() : sendBytes();
            if (!all) {
                return false;
            }
        }
        return true;
    }

    private boolean sendBytes() throws IOException {
        int count = 0;
        long bytes = 0;
        for (ReplyPart part : parts) {
            if (count == BUFFERS_PER_WRITE || !(part instanceof ReplyPart.Bytes(ByteBuffer buffer))) {
                break;
            }
            gathered[count++] = buffer;
            bytes += buffer.remaining();
        }
        long sent = count == 1 ? channel.write(gathered[0]) : channel.write(gathered, 0, count);
        for (int i = 0; i < count; i++) {
            if (!gathered[i].hasRemaining()) {
                sentFirst();
            }
            gathered[i] = NOTHING; // what was sent is not kept alive
        }
        return sent == bytes;
    }

    private boolean sendSlice() throws IOException {
        ReplyPart.Records records = (ReplyPart.Records) parts.getFirst();
        sentOfSlice += records.slice().transferTo(sentOfSlice, channel);
        if (sentOfSlice < records.slice().sizeInBytes()) {
            return false;
        }
        sentOfSlice = 0;
        sentFirst();
        return true;
    }

    private void sentFirst() {
        held.sent(parts.removeFirst().heldBytes());
        sentOfFirst++;
        if (sentOfFirst == partsOfReplies.getFirst()) {
            partsOfReplies.removeFirst();
            sentOfFirst = 0;
        }
    }
}
