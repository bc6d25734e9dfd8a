package io.millrace.simulation.remote;

import io.millrace.core.api.ReplicaPart;
import io.millrace.simulation.schedule.Chance;
import io.millrace.simulation.schedule.Effect;
import io.millrace.simulation.schedule.Machine;
import java.nio.ByteBuffer;

/** Bits that flip in records on their way from a leader to its followers, where no checksum but their own is over them. */
public final class BitErrors {
    private static final int ONE_IN = 3;

    private final Machine machine;
    private final Chance chance;
    private boolean happen;

    /** None yet. */
    public BitErrors(Machine machine) {
        this.machine = machine;
        this.chance = machine.scheduler().chance("bit errors of " + machine);
    }

    /** Lets them happen from now on, or no longer. */
    public void happen(boolean whether) {
        happen = whether;
    }

    void mayHit(ReplicaPart part) {
        if (happen
                && part instanceof ReplicaPart.Records records
                && records.records() instanceof ReceivedRecords(ByteBuffer bytes)
                && bytes.hasRemaining()
                && chance.oneIn(ONE_IN)) {
            int position = bytes.position() + chance.nextInt(bytes.remaining());
            bytes.put(position, (byte) (bytes.get(position) ^ 1 << chance.nextInt(Byte.SIZE)));
            machine.scheduler().effects().add(Effect.RECORDS_DAMAGED_ON_THE_WAY);
        }
    }
}
