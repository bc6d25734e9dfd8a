package io.millrace.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The chart as it lies in the repository, and Helm at work on it. */
final class Chart {
    static final Path DIRECTORY = Path.of("millrace").toAbsolutePath();
    static final String RELEASE = "millrace";
    static final String NAMESPACE = "streaming";
    private static final String KUBERNETES = "1.33.0";

    /** Helm's library leaves hooks out of what it renders; under another name they are resources like the rest. */
    private static final Path WITH_HOOKS_AS_RESOURCES = copy("hooks", "helm.sh/hook:", "not-helm.sh/hook:");

    private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();

    private Chart() {}

    /** The names of the files in {@code ci}, such as {@code default}. */
    static Stream<String> examples() {
        try (Stream<Path> files = Files.list(DIRECTORY.resolve("ci"))) {
            return files
                    .map(file -> file.getFileName().toString().replace("-values.yaml", ""))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path valuesOf(String example) {
        return DIRECTORY.resolve("ci").resolve(example + "-values.yaml");
    }

    static Manifests render(String example) {
        return RENDERED.computeIfAbsent(example, name -> renderAs(RELEASE, valuesOf(name)));
    }

    /** With values written as YAML, on top of the defaults. */
    static Manifests renderValues(String yaml) {
        return renderAs(RELEASE, file(yaml));
    }

    static Manifests renderAs(String release, Path values) {
        return Manifests.parse(text(WITH_HOOKS_AS_RESOURCES, release, values));
    }

    static String text(String yaml) {
        return text(WITH_HOOKS_AS_RESOURCES, RELEASE, file(yaml));
    }

    /** The defaults for a release of Kubernetes. */
    static Manifests renderOn(String kubernetes) {
        return Manifests.parse(text(DIRECTORY, RELEASE, valuesOf("default"), kubernetes));
    }

    private static String text(Path chart, String release, Path values) {
        return text(chart, release, values, KUBERNETES);
    }

    private static String text(Path chart, String release, Path values, String kubernetes) {
        return new Helm(chart)
                .template()
                .withName(release)
                .withNamespace(NAMESPACE)
                .withKubeVersion(kubernetes)
                .withValuesFile(values)
                .call();
    }

    /** What Helm prints after an installation. */
    static String notes(Path values) {
        String output = new Helm(DIRECTORY)
                .install()
                .clientOnly()
                .dryRun()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES)
                .withValuesFile(values)
                .call()
                .getOutput();
        return output.substring(output.indexOf("NOTES:"));
    }

    /** As {@code helm lint --strict --values}, which the library knows without values only: they become the defaults of a copy. */
    static LintResult lint(Node values) {
        Path chart = copy("lint", "", "");
        write(
                chart.resolve("values.yaml"),
                Yaml.write(Yaml.merge(Yaml.read(DIRECTORY.resolve("values.yaml")), values)));
        return new Helm(chart).lint().strict().call();
    }

    private static Path file(String yaml) {
        try {
            Path file = Files.createTempFile("values", ".yaml");
            file.toFile().deleteOnExit();
            write(file, yaml);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path copy(String purpose, String text, String replacement) {
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            Path target = Path.of("target", "charts", purpose, RELEASE).toAbsolutePath();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copied = target.resolve(DIRECTORY.relativize(file));
                Files.createDirectories(copied.getParent());
                write(copied, text.isEmpty() ? Yaml.text(file) : Yaml.text(file).replace(text, replacement));
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
