package io.millrace.core.environment.simulated;

import java.io.IOException;
import java.nio.file.Path;

/** A failure that a test asked for, as the operating system reports one of the medium (EIO). */
public final class InjectedFailureException extends IOException {
    private static final long serialVersionUID = 1L;

    InjectedFailureException(DiskOperation operation, Path path) {
        super(path + ": Input/output error (" + operation + ")");
    }
}
