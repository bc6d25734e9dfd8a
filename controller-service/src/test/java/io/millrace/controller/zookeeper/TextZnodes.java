package io.millrace.controller.zookeeper;

import io.millrace.core.statemachine.Change;
import java.util.List;

/** Records that are words, all in one directory. */
final class TextZnodes implements ZnodeLayout<String, String> {
    private static final String WORDS = "/words";

    @Override
    public List<String> directories() {
        return List.of(WORDS);
    }

    @Override
    public String path(String key) {
        return WORDS + "/" + key;
    }

    @Override
    public String encode(String value) {
        return value;
    }

    @Override
    public Change.Put<String, String> decode(String path, String text) {
        return new Change.Put<>(path.substring(WORDS.length() + 1), text);
    }
}
