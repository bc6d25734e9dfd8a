package io.millrace.core.environment;

import java.io.IOException;

/** The file system had no room (or no quota) left for a write. Part of what was to be written may be in the file. */
public final class DiskFullException extends IOException {
    private static final long serialVersionUID = 1L;

    public DiskFullException(String message, IOException cause) {
        super(message, cause);
    }

    public DiskFullException(String message) {
        super(message);
    }
}
