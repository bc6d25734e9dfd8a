package io.millrace.simulation.mutant;

import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A fragment of a source file, and what a mutant has in its place.
 *
 * @param file from the root of the repository on
 */
record Edit(String file, String fragment, String replacement) {
    /** In a class of the broker, which is named from {@code io.millrace.broker} on. */
    static Edit broker(String name, String fragment, String replacement) {
        return new Edit(file("broker-service", "broker", name), fragment, replacement);
    }

    /** In a class of the controller, which is named from {@code io.millrace.controller} on. */
    static Edit controller(String name, String fragment, String replacement) {
        return new Edit(file("controller-service", "controller", name), fragment, replacement);
    }

    /** In a class of the simulation, which is named from {@code io.millrace.simulation} on. */
    static Edit simulation(String name, String fragment, String replacement) {
        return new Edit(file("simulation", "simulation", name), fragment, replacement);
    }

    private static String file(String module, String part, String name) {
        return module + "/src/main/java/io/millrace/" + part + "/" + name.replace('.', '/') + ".java";
    }

    /** The text of the file with the replacement in it. One in which the fragment is not there, or not only once, fails. */
    String applyTo(String source) {
        List<MatchResult> places = pattern().matcher(source).results().toList();
        if (places.size() != 1) {
            throw new AssertionError(places.size() + " places in " + file + " read:\n" + fragment);
        }
        MatchResult place = places.getFirst();
        return source.substring(0, place.start()) + replacement + source.substring(place.end());
    }

    /** Where lines break, and how they are indented, is the formatter's business. */
    private Pattern pattern() {
        return Pattern.compile(Arrays.stream(fragment.strip().split("\\s+"))
                .map(Pattern::quote)
                .collect(Collectors.joining("\\s+")));
    }
}
