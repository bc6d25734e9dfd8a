package io.millrace.gateway.grpc;

import java.time.Duration;

/**
 * What a client may ask of this front door.
 *
 * @param messageBytesMax largest request message
 * @param streamBatchesMax batches that may be on their way in one ProduceStream
 * @param streamBytesMax bytes that may be on their way in one ProduceStream
 * @param streamRecordsMax records of one ProduceStream without an acknowledgement sent, above which it is not read on
 * @param produceTimeout how long records may wait for their acknowledgement when the call has no earlier deadline
 */
public record GrpcLimits(
        int messageBytesMax,
        int streamBatchesMax,
        long streamBytesMax,
        int streamRecordsMax,
        Duration produceTimeout) {}
