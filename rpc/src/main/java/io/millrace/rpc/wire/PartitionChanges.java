package io.millrace.rpc.wire;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.internal.v1.PartitionsResponse;
import java.util.ArrayList;
import java.util.List;

/** What became of requests about partitions, part by part. */
public final class PartitionChanges {
    private PartitionChanges() {}

    /** Cannot fail. */
    public static PartitionsResponse.Changes encode(List<Outcome<PartitionChanged>> outcomes) {
        PartitionsResponse.Changes.Builder to = PartitionsResponse.Changes.newBuilder();
        for (Outcome<PartitionChanged> outcome : outcomes) {
            PartitionsResponse.Part.Builder part = PartitionsResponse.Part.newBuilder();
            to.addParts(Outcomes.encode(outcome, changed -> part.setChanged(encode(changed)), part::setRefusal)
                    .build());
        }
        return to.build();
    }

    /** Refuses a part without an outcome, and a partition that cannot be. */
    public static List<Outcome<PartitionChanged>> decode(PartitionsResponse.Changes from)
            throws MalformedMessageException {
        List<Outcome<PartitionChanged>> outcomes = new ArrayList<>(from.getPartsCount());
        for (PartitionsResponse.Part part : from.getPartsList()) {
            outcomes.add(
                    switch (part.getOutcomeCase()) {
                        case CHANGED -> Outcome.done(decode(part.getChanged()));
                        case REFUSAL -> Outcomes.refused(part.getRefusal());
                        case OUTCOME_NOT_SET -> throw new MalformedMessageException("A part of the answer is empty.");
                    });
        }
        return outcomes;
    }

    private static PartitionsResponse.Changed encode(PartitionChanged changed) {
        return PartitionsResponse.Changed.newBuilder()
                .setName(Partitions.encode(changed.name()))
                .setPartition(PartitionFacts.encode(changed.partition()))
                .build();
    }

    private static PartitionChanged decode(PartitionsResponse.Changed from) throws MalformedMessageException {
        return new PartitionChanged(Partitions.decode(from.getName()), PartitionFacts.decode(from.getPartition()));
    }
}
