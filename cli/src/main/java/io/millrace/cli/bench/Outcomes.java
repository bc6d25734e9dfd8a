package io.millrace.cli.bench;

import io.millrace.v1.ProduceResult;
import java.util.List;

/** Counts the results of one request. */
final class Outcomes {
    private Outcomes() {}

    static void count(List<ProduceResult> results, int valueBytes, long nanos, Measurement into) {
        int stored = 0;
        for (ProduceResult result : results) {
            if (result.hasError()) {
                into.fail(result.getError().getMessage());
            } else {
                stored++;
            }
        }
        into.add(stored, (long) stored * valueBytes, nanos);
    }
}
