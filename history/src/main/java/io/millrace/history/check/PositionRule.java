package io.millrace.history.check;

import io.millrace.history.History;
import io.millrace.history.Polls;

/** A consumer never asks from below what it was given already. Failed polls move nothing. */
final class PositionRule implements Rule {
    @Override
    public void judge(PartitionHistory partition, Findings findings) {
        History history = partition.history();
        Polls polls = history.polls();
        ConsumerPositions positions = new ConsumerPositions(history.consumers().size());
        for (int i = 0; i < partition.polls(); i++) {
            int poll = partition.poll(i);
            int consumer = polls.consumer(poll);
            int before = positions.lastPoll(consumer);
            long position = positions.position(consumer);
            if (before != ConsumerPositions.NO_POLL && polls.from(poll) < position) {
                findings.add(
                        FindingKind.POSITION_WENT_BACK,
                        () -> new Finding.PositionWentBack(position, history.poll(before), history.poll(poll)));
            }
            if (!polls.failed(poll)) {
                positions.passed(polls, poll);
            }
        }
    }
}
