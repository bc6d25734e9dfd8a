package io.millrace.simulation.mutant;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Prints how many seeds it takes to find each mutant, as the table that the documentation has. Run in the directory of this
 * module.
 *
 * <pre>
 *   MutantTable 300                    all mutants, twenty series of at most 300 seeds for each
 *   MutantTable 300 ack-before-fsync   this one only
 * </pre>
 */
final class MutantTable {
    private static final int SERIES = 20;
    private static final long SERIES_APART = 100_000;

    private MutantTable() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int seedsMax = Integer.parseInt(arguments[0]);
        List<Mutant> mutants = arguments.length == 1
                ? Mutants.ALL
                : Arrays.stream(arguments).skip(1).map(Mutants::named).toList();
        System.out.println(
                "| Mutant | What is wrong | Median | Worst of " + SERIES + " | Found by |\n|---|---|---|---|---|");
        for (Mutant mutant : mutants) {
            System.out.println(row(mutant, findings(mutant, seedsMax)));
        }
    }

    private static List<Finding> findings(Mutant mutant, int seedsMax) throws IOException, InterruptedException {
        List<Long> firsts = LongStream.rangeClosed(1, SERIES)
                .mapToObj(number -> number * SERIES_APART)
                .toList();
        return MutantRun.of(mutant, Files.createTempDirectory("mutant")).go(mutant.focus(), seedsMax, firsts);
    }

    private static String row(Mutant mutant, List<Finding> findings) {
        List<Finding> sorted = findings.stream()
                .sorted(Comparator.comparing((Finding finding) -> !finding.found())
                        .thenComparingInt(Finding::seeds))
                .toList();
        Map<String, Integer> by = new TreeMap<>();
        findings.stream().filter(Finding::found).forEach(finding -> by.merge(finding.by(), 1, Integer::sum));
        return String.join(
                " | ",
                "| " + mutant,
                mutant.what(),
                shown(sorted.get((SERIES - 1) / 2)),
                shown(sorted.getLast()),
                by + " |");
    }

    private static String shown(Finding finding) {
        return finding.found() ? Integer.toString(finding.seeds()) : "more than " + finding.seeds();
    }
}
