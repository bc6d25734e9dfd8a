package io.millrace.simulation.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The simulation finds every mutant, within the number of seeds that is stated for it. All begin at the same seed, none of
 * them was chosen: the number is so large that bad luck does not fail the test, and so a mutant is usually found long before.
 *
 * <p>How many seeds it takes is measured by {@link MutantTable}.
 */
class MutantsTest {
    private final Map<Focus, TreeSet<Long>> telling = new EnumMap<>(Focus.class);

    @TestFactory
    Stream<DynamicTest> every_mutant_is_found_by_seeds_that_the_product_passes(@TempDir Path directory) {
        return Stream.concat(
                Mutants.ALL.stream().map(mutant -> dynamicTest(mutant + " is found", () -> find(mutant, directory))),
                Arrays.stream(Focus.values())
                        .map(focus -> dynamicTest("the product passes the seeds for " + focus, () -> pass(focus))));
    }

    private void find(Mutant mutant, Path directory) throws IOException, InterruptedException {
        Path classes = Files.createDirectory(directory.resolve(mutant.name()));

        Finding finding = MutantRun.of(mutant, classes)
                .go(mutant.focus(), mutant.seedsMax(), List.of(mutant.firstSeed()))
                .getFirst();

        assertThat(finding.found())
                .as("found within %d seeds", mutant.seedsMax())
                .isTrue();
        telling.computeIfAbsent(mutant.focus(), _ -> new TreeSet<>()).add(finding.seed());
    }

    private void pass(Focus focus) throws IOException, InterruptedException {
        List<Long> seeds = List.copyOf(telling.getOrDefault(focus, new TreeSet<>()));

        List<Finding> findings = MutantRun.ofTheProduct().go(focus, 1, seeds);

        assertThat(findings).noneMatch(Finding::found);
    }
}
