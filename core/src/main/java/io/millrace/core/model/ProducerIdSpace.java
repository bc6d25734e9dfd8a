package io.millrace.core.model;

/**
 * Which producer ids there are. The controller gives ids from 0 upwards, each of them once (KIP-98). Those from
 * {@link #DERIVED_MIN} on are never given: whoever derives an id from something that is unique already takes it there.
 */
public final class ProducerIdSpace {
    /** The first id that the controller never gives. */
    public static final long DERIVED_MIN = 1L << 62;

    private ProducerIdSpace() {}
}
