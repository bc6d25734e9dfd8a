package io.millrace.simulation.mutant;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles mutants against the class path of the tests. */
final class MutantCompiler {
    private final Path repository;
    private final String classPath;

    MutantCompiler(Path repository, String classPath) {
        this.repository = repository;
        this.classPath = classPath;
    }

    /** Puts the classes of the mutated files into the directory; on the class path it goes before the product. */
    void compile(Mutant mutant, Path into) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Edit edit : mutant.edits()) {
            String before = texts.getOrDefault(edit.file(), Files.readString(repository.resolve(edit.file())));
            texts.put(edit.file(), edit.applyTo(before));
        }
        List<JavaFileObject> sources = new ArrayList<>();
        texts.forEach((file, text) -> sources.add(new Source(file, text)));
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "this is not a JDK");
        StringWriter said = new StringWriter();
        List<String> options = List.of("-d", into.toString(), "-classpath", classPath, "-proc:none", "-nowarn");
        if (!compiler.getTask(said, null, null, options, null, sources).call()) {
            throw new AssertionError(mutant + " does not compile:\n" + said);
        }
    }

    /** Text that was never in a file. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        private Source(String file, String text) {
            super(URI.create("mutant:///" + file), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
