package io.millrace.system.nemesis;

import java.util.Set;

/** Something that goes wrong for a while. */
interface Fault {
    /** What it is, for whoever reads what a run did. */
    String name();

    /** What it strikes: two faults at a time never strike the same. */
    Set<String> victims();

    /** Lets it happen. */
    void begin();

    /** Puts it right. */
    void end();
}
