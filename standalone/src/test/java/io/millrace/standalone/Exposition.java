package io.millrace.standalone;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process tells Prometheus, in Prometheus' text format.
 *
 * @param types of the metrics, by the name that the text declares
 * @param labels of the samples, by the name that a query uses
 */
record Exposition(Map<String, String> types, Map<String, Set<String>> labels) {
    private static final String MAXIMUM = "_max";
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"(?:[^\"\\\\]|\\\\.)*\",?");

    static Exposition parse(String text) {
        Map<String, String> types = new TreeMap<>();
        Map<String, Set<String>> labels = new TreeMap<>();
        for (String line : text.lines().toList()) {
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (type.matches()) {
                types.put(type.group(1), type.group(2));
            } else if (sample.matches()) {
                labels.computeIfAbsent(sample.group(1), name -> new TreeSet<>()).addAll(labelsIn(sample.group(2)));
            } else if (!line.startsWith("#") && !line.isBlank()) {
                throw new IllegalArgumentException("Not Prometheus' text format: " + line);
            }
        }
        return new Exposition(types, labels);
    }

    private static Set<String> labelsIn(String text) {
        Set<String> names = new TreeSet<>();
        if (text != null) {
            Matcher label = LABEL.matcher(text);
            while (label.find()) {
                names.add(label.group(1));
            }
        }
        return names;
    }

    /** The names that belong to Millrace, without the maxima that Micrometer adds to histograms and summaries. */
    Set<String> own() {
        Set<String> own = new TreeSet<>(types.keySet());
        own.removeIf(name -> !name.matches("(millrace|kafka)_.*"));
        own.removeIf(name ->
                name.endsWith(MAXIMUM) && types.containsKey(name.substring(0, name.length() - MAXIMUM.length())));
        return own;
    }
}
