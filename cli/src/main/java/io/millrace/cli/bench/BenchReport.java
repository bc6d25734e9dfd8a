package io.millrace.cli.bench;

import io.millrace.cli.output.Answer;
import io.millrace.cli.output.Table;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a load came to.
 *
 * @param latencyOf what the latencies are of, for people
 * @param measureFrom when the measured part began, in nanoseconds of this process's clock
 */
record BenchReport(String latencyOf, Measurement measured, long measureFrom) {
    private static final double[] PERCENTILES = {50, 95, 99, 99.9};

    Answer answer() {
        return new Answer(data(), this::table);
    }

    private Map<String, Object> data() {
        double seconds = measured.secondsSince(measureFrom);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("records", measured.records());
        data.put("bytes", measured.bytes());
        data.put("failures", measured.failures());
        data.put("seconds", seconds);
        data.put("records_per_second", rate(measured.records(), seconds));
        data.put("bytes_per_second", rate(measured.bytes(), seconds));
        Map<String, Object> latency = new LinkedHashMap<>();
        for (double percentile : PERCENTILES) {
            latency.put(name(percentile), measured.latencyMillis(percentile));
        }
        latency.put("max", measured.latencyMillisMax());
        data.put("latency_ms", latency);
        return data;
    }

    private String table() {
        double seconds = measured.secondsSince(measureFrom);
        Table table = new Table()
                .row("records", String.format(Locale.ROOT, "%,d in %.1f s", measured.records(), seconds))
                .row("rate", String.format(Locale.ROOT, "%,.0f records/s", rate(measured.records(), seconds)))
                .row("", String.format(Locale.ROOT, "%,.1f MB/s", rate(measured.bytes(), seconds) / 1e6));
        StringBuilder latency = new StringBuilder();
        for (double percentile : PERCENTILES) {
            latency.append(
                    String.format(Locale.ROOT, "%s %,.2f  ", name(percentile), measured.latencyMillis(percentile)));
        }
        table.row("latency", latency.append(String.format(Locale.ROOT, "max %,.2f ms", measured.latencyMillisMax())));
        return table + "(1 MB = 1,000,000 bytes of values; latency " + latencyOf + ")\n";
    }

    private static double rate(long amount, double seconds) {
        return seconds > 0 ? amount / seconds : 0;
    }

    private static String name(double percentile) {
        return "p"
                + (percentile == Math.rint(percentile) ? String.valueOf((int) percentile) : String.valueOf(percentile));
    }
}
