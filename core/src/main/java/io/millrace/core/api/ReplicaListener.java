package io.millrace.core.api;

import java.util.List;

/** Hears what a leader answers in a session. Called by one thread at a time, in the leader's order; must be quick. */
public interface ReplicaListener {
    /** Answers to wishes, and news. */
    void onParts(List<ReplicaPart> parts);

    /** The session is over, for this reason; nothing comes afterwards. */
    void onClosed(Refusal why);
}
