package io.millrace.core.environment.simulated;

import io.millrace.core.environment.Randomness;

/** A file's content or a directory. */
sealed interface SimulatedNode permits SimulatedContent, SimulatedDirectory {
    /** Leaves what the disk would hold when power comes back. */
    void losePower(PowerLoss loss, Randomness chance);
}
