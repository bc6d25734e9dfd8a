package io.millrace.gateway.kafka.network;

import io.millrace.gateway.kafka.wire.MalformedRequestException;
import io.millrace.gateway.kafka.wire.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection. Frames are handed out as they come and may be worked on at the same time; replies leave in their
 * order. It is not read while too many frames are without a reply or with one that the client does not take, while there is no
 * room for the next or for its reply, or while it is muted. Confined to its loop, but for {@link #replied}.
 */
final class Connection {
    /** Below this a read through the loop's own buffer, which may bring the next frames too, is cheaper. */
    private static final int DIRECT_READ_MIN = 32 << 10;

    private final NetworkLoop loop;
    private final SocketChannel channel;
    private final Client client;
    private final NetworkShared shared;
    private final FrameAssembler assembler;
    private final HeldReplies held;
    private final ReplySender sender;
    private final Mute mute;
    private final ArrayDeque<Slot> slots = new ArrayDeque<>();
    private final AtomicBoolean flushPosted = new AtomicBoolean();
    private final SelectionKey key;
    private @Nullable ByteBuffer unread;
    private boolean paused;
    private boolean receiving;
    private boolean closed;
    private long heardNanos;
    private long begunNanos;

    Connection(NetworkLoop loop, SelectionKey key, SocketChannel channel, Client client, NetworkShared shared) {
        this.loop = loop;
        this.key = key;
        this.channel = channel;
        this.client = client;
        this.shared = shared;
        this.assembler = new FrameAssembler(
                shared.memory(), shared.room(), shared.options().frameBytesMax());
        this.held = new HeldReplies(shared.options(), shared.heldBytes());
        this.sender = new ReplySender(channel, held);
        this.mute = new Mute(loop, shared.options().idleMax(), this::unmuted);
        this.heardNanos = loop.nowNanos();
        this.begunNanos = heardNanos;
    }

    Client client() {
        return client;
    }

    /** The socket is ready for something. */
    void ready() {
        guard(() -> {
            if (key.isReadable()) {
                read();
            }
            if (!closed && key.isValid() && key.isWritable()) {
                flush();
            }
        });
    }

    /** Time has passed. */
    void tick(long nowNanos) {
        boolean inTheMiddle = assembler.hasBegun() && !paused;
        if (inTheMiddle
                && nowNanos - begunNanos > shared.options().frameTimeMax().toNanos()) {
            close("a request that does not end");
        } else if (slots.isEmpty()
                && !mute.isOn()
                && sender.waiting() == 0
                && nowNanos - heardNanos > shared.options().idleMax().toNanos()) {
            close(null);
        }
    }

    /** There is a reply to a frame. Called on any thread. */
    void replied(Slot slot) {
        if (loop.isCurrent() && receiving) {
            slot.weigh(held);
            return; // whoever receives looks for replies when it is through
        }
        if (flushPosted.compareAndSet(false, true)) {
            loop.execute(() -> {
                flushPosted.set(false);
                guard(this::flush);
            });
        }
    }

    /** Ends the connection; whoever works on its frames hears of it. */
    void close(@Nullable String reason) {
        if (closed) {
            return;
        }
        closed = true;
        if (reason != null) {
            shared.observer().hungUp(client, reason);
        }
        key.cancel();
        mute.forget();
        held.release();
        try {
            channel.close();
        } catch (IOException ignored) {
            // It is gone, whatever else happened.
        }
        assembler.abandon();
        for (Slot slot : slots) {
            shared.room().giveBackWhole(slot.frame().roomTaken()); // its memory is left to whoever still reads it
            slot.abandon();
        }
        slots.clear();
        loop.ended(this);
    }

    private void read() throws IOException {
        heardNanos = loop.nowNanos();
        ByteBuffer open = assembler.direct(DIRECT_READ_MIN);
        if (open != null) {
            int count = channel.read(open);
            if (count < 0) {
                close(null);
            } else if (assembler.directlyRead() == FrameAssembler.Step.WHOLE) {
                hand();
                afterReceiving();
            }
            return;
        }
        ByteBuffer scratch = loop.scratch().clear();
        if (channel.read(scratch) < 0) {
            close(null);
            return;
        }
        receive(scratch.flip());
    }

    /** Hands out every frame that is whole, and keeps what cannot be taken yet. */
    private void receive(ByteBuffer bytes) throws IOException {
        boolean had = assembler.hasBegun();
        FrameAssembler.Step step = FrameAssembler.Step.WHOLE;
        long returns = shared.room().returns();
        while (step == FrameAssembler.Step.WHOLE && bytes.hasRemaining() && hasTurn()) {
            step = assembler.feed(bytes);
            if (step == FrameAssembler.Step.WHOLE) {
                hand();
                had = false;
            }
        }
        if (closed) {
            return;
        }
        if (assembler.hasBegun() && !had) {
            begunNanos = loop.nowNanos();
        }
        switch (step) {
            case BAD_LENGTH -> close("a request with an impossible length");
            case NO_HOPE -> close("a request for which there is no memory");
            case NO_ROOM -> {
                pause(bytes);
                shared.room().await(returns, () -> loop.execute(this::resume));
            }
            case MORE, WHOLE -> {
                if (bytes.hasRemaining()) {
                    pause(bytes);
                }
            }
        }
        if (!closed) {
            afterReceiving();
        }
    }

    /** Whether it may be read on. A frame that has begun may always end, as it holds room that others wait for. */
    private boolean hasTurn() {
        return !closed && (assembler.hasBegun() || mayBegin());
    }

    private boolean mayBegin() {
        return !mute.isOn()
                && !held.isFull()
                && slots.size() + sender.waiting() < shared.options().requestsInFlightMax();
    }

    private void hand() {
        FrameAssembler.Whole frame = assembler.take();
        Slot slot = new Slot(this, frame);
        slots.add(slot);
        receiving = true;
        try {
            shared.handler().received(frame.bytes(), client, slot);
        } finally {
            receiving = false;
        }
    }

    private void afterReceiving() throws IOException {
        if (!slots.isEmpty() && slots.getFirst().reply() != null) {
            flush();
        }
        if (!closed && !paused && !hasTurn()) {
            pause(null);
        }
    }

    private void pause(@Nullable ByteBuffer rest) {
        if (rest != null && rest.hasRemaining()) {
            unread = ByteBuffer.allocate(rest.remaining()).put(rest).flip();
        }
        paused = true;
        interest();
    }

    /** There may be room or a turn again. */
    private void resume() {
        guard(this::goOn);
    }

    private void goOn() throws IOException {
        if (!paused || !hasTurn()) {
            return;
        }
        paused = false;
        begunNanos = loop.nowNanos();
        ByteBuffer rest = unread;
        unread = null;
        if (rest != null) {
            receive(rest);
        }
        if (!closed) {
            interest();
        }
    }

    /** See {@link HeldReplies#promise}. */
    int promise(int recordBytesMax) {
        return held.promise(recordBytesMax);
    }

    private void unmuted() {
        heardNanos = loop.nowNanos();
        resume();
    }

    /** Something that ends this connection at worst, and not the loop with all the others. */
    private void guard(Work work) {
        if (closed) {
            return;
        }
        TurnTime timed = client.turnTime();
        long begun = timed == null ? 0 : System.nanoTime();
        try {
            work.run();
        } catch (IOException e) {
            close(null);
        } catch (MalformedRequestException e) {
            close(e.getMessage());
        } catch (RuntimeException bug) {
            shared.observer().bug(client, bug);
            close("a bug");
        }
        if (timed != null) {
            timed.spent(System.nanoTime() - begun);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    /** Sends the replies whose turn it is. */
    private void flush() throws IOException {
        slots.forEach(slot -> slot.weigh(held));
        while (!slots.isEmpty()) {
            Slot first = slots.getFirst();
            Reply reply = first.reply();
            if (reply == null) {
                break;
            }
            first.weigh(held);
            slots.removeFirst();
            mute.extend(first.muteMillis());
            shared.memory().release(first.frame().bytes());
            shared.room().giveBackWhole(first.frame().roomTaken());
            switch (reply) {
                case Reply.Frame frame -> sender.add(frame);
                case Reply.Nothing ignored -> {}
                case Reply.Hangup(String reason) -> {
                    close(reason);
                    return;
                }
            }
        }
        sender.send();
        paused |= !hasTurn();
        interest();
        if (hasTurn()) {
            goOn();
        }
    }

    private void interest() {
        int wanted = (paused ? 0 : SelectionKey.OP_READ) | (sender.waiting() > 0 ? SelectionKey.OP_WRITE : 0);
        if (key.isValid() && key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }
}
