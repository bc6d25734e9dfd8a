package io.millrace.history.check;

/** One promise of a log, judged for one partition. */
interface Rule {
    void judge(PartitionHistory partition, Findings findings);
}
