package io.millrace.history.check;

/** How much a history held, for a reader who wants to know what a verdict stands on. */
public record Tally(
        int partitions,
        long writes,
        long acknowledgedDurable,
        long acknowledgedBestEffort,
        long failed,
        long unknown,
        long polls,
        long failedPolls,
        long recordsRead,
        long recordsFinallyRead) {
    @Override
    public String toString() {
        return partitions + " partitions; " + writes + " writes: " + acknowledgedDurable + " acknowledged as durable, "
                + acknowledgedBestEffort + " as best effort, " + failed + " failed, " + unknown + " unknown; " + polls
                + " polls, " + failedPolls + " of them failed; " + recordsRead + " records read, " + recordsFinallyRead
                + " of them in final reads";
    }
}
