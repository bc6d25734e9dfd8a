package io.millrace.simulation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Whatever a seed does not decide has no place in the simulated world. */
@AnalyzeClasses(packages = "io.millrace.simulation", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theWorldReadsNoRealClock = noClasses()
            .that()
            .resideInAPackage("io.millrace.simulation.*..")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("time is the scheduler's");

    @ArchTest
    static final ArchRule theWorldHasOneThread = noClasses()
            .that()
            .resideInAPackage("io.millrace.simulation.*..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, java.util.concurrent.ExecutorService.class)
            .because("everything happens in the scheduler's events");

    @ArchTest
    static final ArchRule chanceIsTheSeeds = noClasses()
            .that()
            .resideInAPackage("io.millrace.simulation.*..")
            .should()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Random.class, ThreadLocalRandom.class)
            .because("a run is replayed by its seed alone");

    @ArchTest
    static final ArchRule orderIsTheProgrammers = noClasses()
            .that()
            .resideInAPackage("io.millrace.simulation.*..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(HashMap.class, HashSet.class)
            .because("their order is that of hashes; use TreeMap, LinkedHashMap or EnumMap");

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().matching("io.millrace.simulation.(**)").should().beFreeOfCycles();
}
