package io.millrace.simulation.mutant;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs series of seeds in a JVM of their own, in which the classes of a mutant come before those of the product. */
final class MutantRun {
    /** Such a JVM is over before the second compiler has earned its keep. */
    private static final String FIRST_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";

    private final String classPath;

    private MutantRun(String classPath) {
        this.classPath = classPath;
    }

    /** The product as it is. */
    static MutantRun ofTheProduct() {
        return new MutantRun(productClassPath());
    }

    /** The product with this mutant in it, whose classes go to that directory. */
    static MutantRun of(Mutant mutant, Path classes) throws IOException {
        new MutantCompiler(Path.of(".."), productClassPath()).compile(mutant, classes);
        return new MutantRun(classes + File.pathSeparator + productClassPath());
    }

    private static String productClassPath() {
        return System.getProperty("java.class.path");
    }

    /** A finding for each of these series, which have at most so many seeds. */
    List<Finding> go(Focus focus, int seedsMax, List<Long> firsts) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                FIRST_COMPILER_ONLY,
                "-cp",
                classPath,
                Series.class.getName(),
                focus.name(),
                Integer.toString(seedsMax)));
        firsts.forEach(first -> command.add(Long.toString(first)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Finding> findings = new ArrayList<>();
        try (BufferedReader said = process.inputReader()) {
            said.lines().forEach(line -> findings.add(Finding.parse(line)));
        }
        int exitCode = process.waitFor();
        if (exitCode != 0 || findings.size() != firsts.size()) {
            throw new IllegalStateException("The JVM ended with exit code " + exitCode + " after " + findings);
        }
        return findings;
    }
}
