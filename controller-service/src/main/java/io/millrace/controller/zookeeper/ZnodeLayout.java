package io.millrace.controller.zookeeper;

import io.millrace.core.statemachine.Change;
import java.util.List;

/**
 * Where keyed records lie in the tree, and how they are written there. Paths are relative to the root of the log and
 * begin with a slash. A record may lie below another one. The text of a record is never empty: an empty znode is a
 * directory.
 */
public interface ZnodeLayout<K, V> {
    /** The directories below which everything lies. They are there from the beginning, and stay when they are empty. */
    List<String> directories();

    /** Where the record of a key lies. */
    String path(K key);

    /** How a record is written, in UTF-8. */
    String encode(V value);

    /** Reads a record; throws IllegalArgumentException, with the path, when it cannot. */
    Change.Put<K, V> decode(String path, String text);
}
