package io.millrace.helm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place in a YAML document, at which there may be nothing.
 *
 * @param path the way to it, for messages
 * @param value a map, a list or a scalar; null if there is nothing
 */
record Node(String path, @Nullable Object value) {
    static Node of(@Nullable Object document) {
        return new Node("", document);
    }

    Node at(String... keys) {
        Node here = this;
        for (String key : keys) {
            Object next = here.value instanceof Map<?, ?> map ? map.get(key) : null;
            here = new Node(here.path.isEmpty() ? key : here.path + "." + key, next);
        }
        return here;
    }

    boolean present() {
        return value != null;
    }

    boolean is(Object expected) {
        return Objects.equals(value, expected);
    }

    String text() {
        if (value instanceof Map || value instanceof List) {
            throw new AssertionError(path + " is not a scalar: " + value);
        }
        return String.valueOf(there());
    }

    int number() {
        if (there() instanceof Integer number) {
            return number;
        }
        throw new AssertionError(path + " is not a whole number: " + value);
    }

    /** The elements of a list; none where there is nothing. */
    List<Node> list() {
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(element -> new Node(path + "[]", element)).toList();
        }
        throw new AssertionError(path + " is not a list: " + value);
    }

    /** The elements of a list of scalars. */
    List<String> texts() {
        return list().stream().map(Node::text).toList();
    }

    /** The entries of a mapping; none where there is nothing. */
    Map<String, Node> entries() {
        Map<String, Node> entries = new LinkedHashMap<>();
        map().keySet().forEach(key -> entries.put(key, at(key)));
        return entries;
    }

    /** A mapping of names to scalars, such as labels. */
    Map<String, String> pairs() {
        Map<String, String> pairs = new LinkedHashMap<>();
        entries().forEach((key, node) -> pairs.put(key, node.text()));
        return pairs;
    }

    Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value == null) {
            return map;
        }
        if (!(value instanceof Map<?, ?> untyped)) {
            throw new AssertionError(path + " is not a mapping: " + value);
        }
        untyped.forEach((key, element) -> map.put(String.valueOf(key), element));
        return map;
    }

    private Object there() {
        if (value == null) {
            throw new AssertionError(path + " is missing");
        }
        return value;
    }
}
