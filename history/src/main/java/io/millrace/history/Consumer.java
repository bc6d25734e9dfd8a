package io.millrace.history;

/**
 * One reader that goes forward: whoever seeks, or starts again from an earlier position, is a new consumer.
 *
 * <p>A final reader reads one partition once, after everything has healed; what was lost is judged by its polls.
 *
 * @param finallyReads the id of the partition that it reads for good, or {@link #NONE}
 * @param reachedLogEnd the log end that the cluster named and this final reader reached, or {@link #NONE}: then only what
 *     lies below its last record is known to have been read
 */
public record Consumer(int id, String name, int finallyReads, long reachedLogEnd) {
    public static final int NONE = -1;

    public boolean isFinalReader() {
        return finallyReads != NONE;
    }

    public boolean saysItReachedTheLogEnd() {
        return reachedLogEnd != NONE;
    }
}
