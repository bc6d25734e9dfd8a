package io.millrace.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Whoever looks from outside sees the public contract only. */
@AnalyzeClasses(packages = "io.millrace.system")
class ArchitectureTest {
    @ArchTest
    static final ArchRule systemTestsKnowThePublicContractOnly = noClasses()
            .should()
            .dependOnClassesThat(DescribedPredicate.and(
                    JavaClass.Predicates.resideInAPackage("io.millrace.."),
                    DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(
                            "io.millrace.v1..", "io.millrace.system..", "io.millrace.history.."))));

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().matching("io.millrace.system.(*)..").should().beFreeOfCycles();
}
