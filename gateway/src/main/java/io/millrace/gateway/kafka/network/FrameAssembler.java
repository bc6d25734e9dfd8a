package io.millrace.gateway.kafka.network;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a connection sends into frames: four bytes of length, then so many bytes. Memory is taken as bytes arrive, never on
 * the word of a length alone. Confined to the connection's thread.
 */
final class FrameAssembler {
    /** What a frame gets at first, however little of it is there. */
    private static final int FIRST_BYTES = 4 << 10;

    /** How much more than has arrived a frame gets. */
    private static final int GROWTH = 8;

    private final FrameMemory memory;
    private final FrameRoom room;
    private final int frameBytesMax;
    private final ByteBuffer prefix = ByteBuffer.allocate(Integer.BYTES);
    private @Nullable ByteBuffer frame;
    private int size;
    private int roomTaken;

    FrameAssembler(FrameMemory memory, FrameRoom room, int frameBytesMax) {
        this.memory = memory;
        this.room = room;
        this.frameBytesMax = frameBytesMax;
    }

    /** What came of looking at bytes. */
    enum Step {
        /** Everything was taken; the frame goes on. */
        MORE,
        /** A frame is whole: {@link #take} it. */
        WHOLE,
        /** There is no room for more of the frame now. */
        NO_ROOM,
        /** There will never be: everybody waits for everybody. */
        NO_HOPE,
        /** The length is impossible. */
        BAD_LENGTH
    }

    /** Whether a frame has begun. */
    boolean hasBegun() {
        return frame != null || prefix.position() > 0;
    }

    /** The memory into which the socket may be read directly, or null when that is not worth it. */
    @Nullable
    ByteBuffer direct(int atLeast) {
        ByteBuffer open = frame;
        return open != null && open.limit() == size && open.remaining() >= atLeast ? open : null;
    }

    /** Whether what was read directly has completed the frame. */
    Step directlyRead() {
        ByteBuffer open = frame;
        return open != null && open.position() == size ? whole() : Step.MORE;
    }

    /** Takes bytes until a frame is whole, there is no room, or there are no more bytes. */
    Step feed(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (frame == null && !readPrefix(bytes)) {
                return Step.MORE;
            }
            Step begun = makeRoom(bytes.remaining());
            if (begun != Step.MORE) {
                return begun;
            }
            copy(bytes);
            if (frame != null && frame.position() == size) {
                return whole();
            }
        }
        return frame != null && frame.position() == size ? whole() : Step.MORE;
    }

    private Step whole() {
        room.completed();
        return Step.WHOLE;
    }

    /** The whole frame, ready to be read, with the room that it holds; the next one begins. */
    Whole take() {
        ByteBuffer bytes = Objects.requireNonNull(frame).flip();
        Whole whole = new Whole(bytes, roomTaken);
        frame = null;
        roomTaken = 0;
        prefix.clear();
        return whole;
    }

    /** A whole frame and the room that it holds. */
    record Whole(ByteBuffer bytes, int roomTaken) {}

    /** Gives up a frame that has begun. */
    void abandon() {
        memory.release(frame);
        frame = null;
        if (roomTaken > 0) {
            room.giveBack(roomTaken);
            roomTaken = 0;
        }
    }

    private boolean readPrefix(ByteBuffer bytes) {
        while (prefix.hasRemaining() && bytes.hasRemaining()) {
            prefix.put(bytes.get());
        }
        if (prefix.hasRemaining()) {
            return false;
        }
        size = prefix.getInt(0);
        return true;
    }

    /** Has memory for some of what is there, or says why not. */
    private Step makeRoom(int arriving) {
        ByteBuffer open = frame;
        if (open != null && open.hasRemaining()) {
            return Step.MORE;
        }
        if (size <= 0 || size > frameBytesMax) {
            return Step.BAD_LENGTH;
        }
        int arrived = open == null ? 0 : open.position();
        int wanted = (int) Math.min(size, Math.max(FIRST_BYTES, (long) GROWTH * (arrived + arriving)));
        if (!room.take(wanted - roomTaken)) {
            return open == null || room.comesBack() ? Step.NO_ROOM : Step.NO_HOPE;
        }
        roomTaken = wanted;
        ByteBuffer larger = memory.allocate(wanted);
        if (open != null) {
            larger.put(open.flip());
            memory.release(open);
        }
        frame = larger;
        return Step.MORE;
    }

    private void copy(ByteBuffer bytes) {
        ByteBuffer open = Objects.requireNonNull(frame);
        int count = Math.min(open.remaining(), bytes.remaining());
        open.put(open.position(), bytes, bytes.position(), count);
        open.position(open.position() + count);
        bytes.position(bytes.position() + count);
    }
}
