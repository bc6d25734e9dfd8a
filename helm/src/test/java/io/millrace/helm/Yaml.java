package io.millrace.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML, and JSON as its subset. A key that is given twice is an error. */
final class Yaml {
    private Yaml() {}

    static Node read(Path file) {
        return Node.of(loader().load(text(file)));
    }

    static Node parse(String text) {
        return Node.of(loader().load(text));
    }

    static List<Node> documents(String text) {
        List<Node> documents = new ArrayList<>();
        for (Object document : loader().loadAll(text)) {
            if (document != null) {
                documents.add(Node.of(document));
            }
        }
        return documents;
    }

    static String write(Object document) {
        return new org.yaml.snakeyaml.Yaml().dump(document);
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The base with everything replaced that the changes name; lists are replaced whole, as Helm does it. */
    static Map<String, Object> merge(Node base, Node changes) {
        Map<String, Object> merged = new LinkedHashMap<>(base.map());
        changes.map().forEach((key, value) -> {
            boolean both = merged.get(key) instanceof Map && value instanceof Map;
            merged.put(key, both ? merge(base.at(key), changes.at(key)) : value);
        });
        return merged;
    }

    private static org.yaml.snakeyaml.Yaml loader() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new org.yaml.snakeyaml.Yaml(new SafeConstructor(options));
    }
}
