package io.millrace.rpc.app;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times calls between processes, at both ends. By tracers, because they stand beside the calls and leave their
 * readiness alone.
 */
public final class RpcMeters {
    private static final String CLIENT = "millrace.rpc.client";
    private static final String SERVER = "millrace.rpc.server";

    private RpcMeters() {}

    /** For a server: its calls by method and status. */
    public static ServerStreamTracer.Factory server(MeterRegistry registry) {
        MethodMeters.Table meters = new MethodMeters.Table(registry, SERVER, Tags.empty());
        return new ServerStreamTracer.Factory() {
            @Override
            public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
                return new ServedCall(meters, fullMethodName);
            }
        };
    }

    /**
     * For a channel: its calls by method and status.
     *
     * @param peer whom the channel leads to, of a bounded set of names
     */
    public static ClientInterceptor client(MeterRegistry registry, String peer) {
        MethodMeters.Table meters = new MethodMeters.Table(registry, CLIENT, Tags.of("peer", peer));
        return new ClientInterceptor() {
            @Override
            public <Q, A> ClientCall<Q, A> interceptCall(
                    MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
                MethodMeters ofMethod = meters.of(method.getFullMethodName());
                return next.newCall(method, options.withStreamTracerFactory(new ClientStreamTracer.Factory() {
                    @Override
                    public ClientStreamTracer newClientStreamTracer(
                            ClientStreamTracer.StreamInfo info, Metadata headers) {
                        return new MadeCall(ofMethod);
                    }
                }));
            }
        };
    }

    private static final class MadeCall extends ClientStreamTracer {
        private final MethodMeters meters;
        private final long startNanos = System.nanoTime();

        MadeCall(MethodMeters meters) {
            this.meters = meters;
        }

        @Override
        public void inboundWireSize(long bytes) {
            meters.received(bytes);
        }

        @Override
        public void outboundWireSize(long bytes) {
            meters.sent(bytes);
        }

        @Override
        public void streamClosed(Status status) {
            meters.ended(status, System.nanoTime() - startNanos);
        }
    }

    private static final class ServedCall extends ServerStreamTracer {
        /** Names of methods that do not exist come from outside, and could make endless series. */
        private static final String UNKNOWN = "unknown";

        private final MethodMeters.Table table;
        private final String method;
        private final long startNanos = System.nanoTime();
        private volatile @Nullable MethodMeters meters;

        ServedCall(MethodMeters.Table table, String method) {
            this.table = table;
            this.method = method;
        }

        @Override
        public void serverCallStarted(ServerCallInfo<?, ?> call) {
            meters = table.of(method);
        }

        @Override
        public void inboundWireSize(long bytes) {
            known().received(bytes);
        }

        @Override
        public void outboundWireSize(long bytes) {
            known().sent(bytes);
        }

        @Override
        public void streamClosed(Status status) {
            known().ended(status, System.nanoTime() - startNanos);
        }

        private MethodMeters known() {
            MethodMeters started = meters;
            return started == null ? table.of(UNKNOWN) : started;
        }
    }
}
