package io.millrace.rpc.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaApi;
import io.millrace.core.api.ReplicaHello;
import io.millrace.core.api.ReplicaListener;
import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaPull;
import io.millrace.core.api.ReplicaSession;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A leader that says what a test tells it to say, and keeps what it hears. */
final class TwinLeader implements ReplicaApi {
    private final BlockingQueue<Session> opened = new LinkedBlockingQueue<>();
    private volatile @Nullable Refusal refusal;

    /** Refuses sessions from now on. */
    void refuses(Refusal why) {
        refusal = why;
    }

    @Override
    public ReplicaSession open(ReplicaHello hello, ReplicaListener listener) {
        Session session = new Session(hello, listener);
        opened.add(session);
        Refusal why = refusal;
        if (why != null) {
            session.close(why);
        }
        return session;
    }

    /** The next session that was opened. */
    Session next() throws InterruptedException {
        Session session = opened.poll(30, TimeUnit.SECONDS);
        assertThat(session).as("a session that was opened").isNotNull();
        return session;
    }

    boolean hasNoSession() {
        return opened.isEmpty();
    }

    /** One session at the leader. */
    static final class Session implements ReplicaSession {
        final ReplicaHello hello;
        private final ReplicaListener listener;
        private final BlockingQueue<ReplicaPull> pulls = new LinkedBlockingQueue<>();
        private final CountDownLatch closed = new CountDownLatch(1);
        private boolean over;

        Session(ReplicaHello hello, ReplicaListener listener) {
            this.hello = hello;
            this.listener = listener;
        }

        @Override
        public synchronized void pull(ReplicaPull pull) {
            if (!over) {
                pulls.add(pull);
            }
        }

        @Override
        public synchronized void close() {
            over = true;
            closed.countDown();
        }

        synchronized void say(List<ReplicaPart> parts) {
            if (!over) {
                listener.onParts(parts);
            }
        }

        synchronized void close(Refusal why) {
            if (!over) {
                over = true;
                listener.onClosed(why);
            }
        }

        ReplicaPull nextPull() throws InterruptedException {
            ReplicaPull pull = pulls.poll(30, TimeUnit.SECONDS);
            assertThat(pull).as("a pull").isNotNull();
            return pull;
        }

        boolean hasNoPull() {
            return pulls.isEmpty();
        }

        /** Returns when the follower has closed the session, or its connection has broken. */
        void awaitFollowersEnd() throws InterruptedException {
            assertThat(closed.await(30, TimeUnit.SECONDS))
                    .as("the follower's end of the session is closed")
                    .isTrue();
        }
    }
}
