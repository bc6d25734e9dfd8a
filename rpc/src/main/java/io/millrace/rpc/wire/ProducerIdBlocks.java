package io.millrace.rpc.wire;

import io.millrace.core.api.ProducerIdBlock;
import io.millrace.core.model.ProducerIdSpace;
import io.millrace.internal.v1.AllocateProducerIdsResponse;

/** Producer ids that a controller gives. */
public final class ProducerIdBlocks {
    private ProducerIdBlocks() {}

    /** Cannot fail. */
    public static AllocateProducerIdsResponse.Block encode(ProducerIdBlock block) {
        return AllocateProducerIdsResponse.Block.newBuilder()
                .setFirstId(block.firstId())
                .setCount(block.count())
                .build();
    }

    /** Refuses a block that no controller gives. */
    public static ProducerIdBlock decode(AllocateProducerIdsResponse.Block from) throws MalformedMessageException {
        boolean possible = from.getFirstId() >= 0
                && from.getCount() >= 1
                && from.getCount() <= ProducerIdBlock.COUNT_MAX
                && from.getFirstId() <= ProducerIdSpace.DERIVED_MIN - from.getCount();
        if (!possible) {
            throw new MalformedMessageException(
                    from.getCount() + " producer ids from " + from.getFirstId() + " on are not given by a controller.");
        }
        return new ProducerIdBlock(from.getFirstId(), from.getCount());
    }
}
