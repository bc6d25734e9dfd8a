package io.millrace.standalone;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics that a PromQL query names, and the labels by which it selects and groups. It knows as much of the language as
 * our queries use, and refuses everything else rather than overlook it.
 *
 * @param metrics what is selected, with the labels that each selection is narrowed by
 * @param labels what is grouped and joined by, anywhere in the query
 */
record PromQl(List<Selection> metrics, Set<String> labels) {
    private static final Set<String> AGGREGATIONS =
            Set.of("sum", "min", "max", "avg", "count", "topk", "bottomk", "quantile", "group");
    private static final Set<String> FUNCTIONS = Set.of(
            "rate",
            "irate",
            "increase",
            "changes",
            "predict_linear",
            "histogram_quantile",
            "last_over_time",
            "min_over_time",
            "max_over_time",
            "avg_over_time",
            "scalar",
            "vector",
            "time",
            "clamp_min",
            "clamp_max");
    private static final Set<String> LABEL_LISTS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<word>[a-zA-Z_:][a-zA-Z0-9_:]*)|(?<text>\"(?:[^\"\\\\]|\\\\.)*\")|(?<number>[0-9.]+(?:ms|[smhdw])?)"
                    + "|(?<sign>=~|!~|!=|==|<=|>=|[=<>+*/%^(){}\\[\\],-]))");

    /** One selection of a metric. */
    record Selection(String metric, Set<String> labels) {}

    /** Reads a query; Grafana's variables may stand in strings and for durations. */
    static PromQl parse(String query) {
        return new Reading(tokens(query.replaceAll("\\$__(rate_interval|interval|range)", "5m")), query).read();
    }

    private static List<String> tokens(String query) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(query.strip());
        int end = 0;
        while (end < query.strip().length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw new IllegalArgumentException("Not understood at " + end + ": " + query);
            }
            tokens.add(matcher.group().strip());
            end = matcher.end();
        }
        return tokens;
    }

    /** One pass over the tokens. */
    private static final class Reading {
        private final List<String> tokens;
        private final String query;
        private final List<Selection> metrics = new ArrayList<>();
        private final Set<String> labels = new TreeSet<>();
        private int next;

        Reading(List<String> tokens, String query) {
            this.tokens = tokens;
            this.query = query;
        }

        PromQl read() {
            while (next < tokens.size()) {
                String token = tokens.get(next++);
                if (token.equals("{")) {
                    throw new IllegalArgumentException("A selection without a metric: " + query);
                }
                if (isWord(token)) {
                    readWord(token);
                }
            }
            return new PromQl(List.copyOf(metrics), labels);
        }

        private void readWord(String word) {
            if (LABEL_LISTS.contains(word)) {
                labels.addAll(labelList());
            } else if (FUNCTIONS.contains(word)) {
                expect("(");
            } else if (!AGGREGATIONS.contains(word) && !WORDS.contains(word)) {
                if (peek().equals("(")) {
                    throw new IllegalArgumentException("An unknown function " + word + ": " + query);
                }
                metrics.add(new Selection(word, selectors()));
            }
        }

        private Set<String> labelList() {
            Set<String> named = new TreeSet<>();
            expect("(");
            while (!peek().equals(")")) {
                String label = tokens.get(next++);
                if (isWord(label)) {
                    named.add(label);
                } else if (!label.equals(",")) {
                    throw new IllegalArgumentException("Not a label, " + label + ": " + query);
                }
            }
            expect(")");
            return named;
        }

        private Set<String> selectors() {
            Set<String> named = new TreeSet<>();
            if (!peek().equals("{")) {
                return named;
            }
            expect("{");
            while (!peek().equals("}")) {
                named.add(tokens.get(next++));
                if (!Set.of("=", "!=", "=~", "!~").contains(tokens.get(next++))
                        || !tokens.get(next++).startsWith("\"")) {
                    throw new IllegalArgumentException("Not a selector before " + peek() + ": " + query);
                }
                if (peek().equals(",")) {
                    expect(",");
                }
            }
            expect("}");
            return named;
        }

        private String peek() {
            return next < tokens.size() ? tokens.get(next) : "";
        }

        private void expect(String token) {
            if (!peek().equals(token)) {
                throw new IllegalArgumentException("Expected " + token + " and not '" + peek() + "': " + query);
            }
            next++;
        }

        private static boolean isWord(String token) {
            return Character.isLetter(token.charAt(0)) || token.charAt(0) == '_' || token.charAt(0) == ':';
        }
    }
}
