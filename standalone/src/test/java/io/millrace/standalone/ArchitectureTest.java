package io.millrace.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The build is the architect: arrows between modules, and what domain code must not touch. */
@AnalyzeClasses(
        packages = "io.millrace",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
    private static final String PUBLIC_CONTRACT = "io.millrace.v1..";
    private static final String INTERNAL_CONTRACT = "io.millrace.internal.v1..";

    /** Packages that may know frameworks, threads, files and clocks: drivers and wiring, one set per module. */
    private static final List<String> DRIVERS = List.of(
            "io.millrace.core.environment.live",
            "io.millrace.broker.app",
            "io.millrace.controller.app",
            "io.millrace.controller.zookeeper",
            "io.millrace.gateway.app",
            "io.millrace.gateway.process",
            "io.millrace.gateway.rest",
            "io.millrace.gateway.grpc",
            "io.millrace.gateway.kafka.app",
            "io.millrace.gateway.kafka.network",
            "io.millrace.rpc",
            "io.millrace.process",
            "io.millrace.standalone",
            "io.millrace.cli",
            "io.millrace.v1",
            "io.millrace.internal.v1");

    private static final DescribedPredicate<JavaClass> DOMAIN =
            describe("are domain code", type -> DRIVERS.stream().noneMatch(driver -> within(type, driver)));

    /** The twins and contract suites of core travel as a jar, which is test code all the same. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static boolean within(JavaClass type, String packageName) {
        return type.getPackageName().equals(packageName)
                || type.getPackageName().startsWith(packageName + ".");
    }

    @ArchTest
    static final ArchRule coreDependsOnNoOtherModule = noClasses()
            .that()
            .resideInAPackage("io.millrace.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.millrace.rpc..",
                    "io.millrace.process..",
                    "io.millrace.broker..",
                    "io.millrace.controller..",
                    "io.millrace.gateway..",
                    "io.millrace.standalone..",
                    "io.millrace.cli..",
                    PUBLIC_CONTRACT,
                    INTERNAL_CONTRACT);

    @ArchTest
    static final ArchRule rpcKnowsTheContractsOnly = noClasses()
            .that()
            .resideInAPackage("io.millrace.rpc..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.millrace.broker..",
                    "io.millrace.controller..",
                    "io.millrace.gateway..",
                    "io.millrace.process..",
                    "io.millrace.standalone..",
                    "io.millrace.cli..",
                    PUBLIC_CONTRACT);

    @ArchTest
    static final ArchRule processKnowsNoOtherModule = noClasses()
            .that()
            .resideInAPackage("io.millrace.process..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.millrace.core..",
                    "io.millrace.rpc..",
                    "io.millrace.broker..",
                    "io.millrace.controller..",
                    "io.millrace.gateway..",
                    "io.millrace.standalone..",
                    "io.millrace.cli..",
                    PUBLIC_CONTRACT,
                    INTERNAL_CONTRACT);

    @ArchTest
    static final ArchRule brokerAsksOthersOnlyThroughCore = noClasses()
            .that()
            .resideInAPackage("io.millrace.broker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.millrace.controller..",
                    "io.millrace.gateway..",
                    "io.millrace.standalone..",
                    "io.millrace.cli..");

    @ArchTest
    static final ArchRule controllerAsksOthersOnlyThroughCore = noClasses()
            .that()
            .resideInAPackage("io.millrace.controller..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.millrace.broker..", "io.millrace.gateway..", "io.millrace.standalone..", "io.millrace.cli..");

    @ArchTest
    static final ArchRule gatewayAsksOthersOnlyThroughCore = noClasses()
            .that()
            .resideInAPackage("io.millrace.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.millrace.broker..",
                    "io.millrace.controller..",
                    "io.millrace.standalone..",
                    "io.millrace.cli..");

    @ArchTest
    static final ArchRule clientKnowsOnlyTheContractAndTheBatchFormat = noClasses()
            .that()
            .resideInAPackage("io.millrace.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.millrace.broker..",
                    "io.millrace.controller..",
                    "io.millrace.gateway..",
                    "io.millrace.standalone..",
                    "io.millrace.core.api..",
                    "io.millrace.core.environment..",
                    "io.millrace.core.metadata..",
                    "io.millrace.core.statemachine..",
                    "org.springframework..");

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().matching("io.millrace.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule domainKnowsNoFramework = noClasses()
            .that(DOMAIN)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "io.grpc..",
                    "io.netty..",
                    "org.apache.curator..",
                    "org.apache.zookeeper..",
                    "io.micrometer..",
                    "jakarta..")
            .because("frameworks belong to the app packages; the domain asks through its own small interfaces");

    @ArchTest
    static final ArchRule domainStartsNoThreadsAndTakesNoLocks = noClasses()
            .that(DOMAIN)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(
                    Thread.class,
                    java.util.concurrent.Executors.class,
                    java.util.concurrent.ExecutorService.class,
                    java.util.concurrent.locks.Lock.class,
                    java.util.concurrent.Semaphore.class,
                    java.util.concurrent.CountDownLatch.class)
            .because("work is posted to a core.environment.EventLoop, which the driver runs");

    @ArchTest
    static final ArchRule domainReadsNoClock = noClasses()
            .that(DOMAIN)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .because("time is an argument; drivers read core.environment.Clock");

    @ArchTest
    static final ArchRule domainTouchesNoFileOrSocket = noClasses()
            .that(DOMAIN)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(
                    java.nio.file.Files.class,
                    java.nio.channels.FileChannel.class,
                    java.io.File.class,
                    java.io.RandomAccessFile.class,
                    java.net.Socket.class)
            .because("files are reached through core.environment.Disk");

    @ArchTest
    static final ArchRule domainDrawsNoChance = noClasses()
            .that(DOMAIN)
            .should()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(java.util.Random.class, java.util.concurrent.ThreadLocalRandom.class)
            .because("chance comes from core.environment.Randomness, so that a simulation can replay it");

    @ArchTest
    static final ArchRule domainIteratesNothingThatIsSaltedPerProcess = noClasses()
            .that(DOMAIN)
            .should()
            .callMethodWhere(target(owner(describe(
                            "Set or Map",
                            (JavaClass type) -> type.isEquivalentTo(Set.class) || type.isEquivalentTo(Map.class))))
                    .and(target(nameMatching("of|ofEntries|copyOf"))))
            .because("their order differs from process to process; use List.of, EnumSet, TreeMap or LinkedHashMap");
}
