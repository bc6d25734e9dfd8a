package io.millrace.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** The settings that hold for every Millrace process; anything else that sets the same wins. */
public final class ProcessSettings {
    private static final String RESOURCE = "io/millrace/process/process.properties";

    private ProcessSettings() {}

    /** Settings by name, values as text. */
    public static Properties defaults() {
        try {
            return PropertiesLoaderUtils.loadProperties(new ClassPathResource(RESOURCE));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " belongs to this program and cannot be read", e);
        }
    }
}
