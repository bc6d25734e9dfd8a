package io.millrace.standalone;

import java.util.List;

/** One of the ways in and out, as its users use it. */
interface FrontDoor {
    /** Loads the earthquakes file into a topic, keyed by network. */
    void load(String topic) throws Exception;

    /** Reads everything that a topic has. */
    List<Stored> read(String topic) throws Exception;
}
