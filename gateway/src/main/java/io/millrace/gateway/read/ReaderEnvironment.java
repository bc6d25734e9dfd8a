package io.millrace.gateway.read;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.environment.Clock;
import io.millrace.gateway.routing.BrokerRetry;
import io.millrace.gateway.routing.MetadataView;
import java.util.concurrent.Executor;

/**
 * What a reader works with.
 *
 * @param blocking runs what reads from disks and decompresses: never a loop
 */
public record ReaderEnvironment(
        BrokerApi brokers,
        MetadataView view,
        Clock clock,
        BrokerRetry retry,
        Executor blocking,
        ReaderOptions options,
        ReadObserver observer) {}
