package io.millrace.rpc.broker;

import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.contract.BrokerApiContract;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The suite for a broker in real time. */
abstract class RemoteContract extends BrokerApiContract {
    @Override
    protected <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** A connection and the twin behind it answer in the order of the questions. */
    @Override
    protected void settle() {
        await(broker().describe(new DescribePartitionsRequest(List.of())));
    }
}
