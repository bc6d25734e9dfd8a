package io.millrace.rpc.server;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.millrace.core.api.ControllerApi;
import io.millrace.internal.v1.ControllerServiceGrpc;
import io.millrace.internal.v1.WatchMetadataRequest;

/**
 * Answers other processes on behalf of a controller. While that one is not the one that decides, everything but
 * FindController is refused with the address of the one that does, as far as it is known. Safe for several threads; the
 * controller may be asked on any of them.
 */
public final class ControllerEndpoint implements BindableService, AutoCloseable {
    /** As in the contract, only that steps of the picture are serialised already. */
    private static final MethodDescriptor<WatchMetadataRequest, SerialisedStep> WATCH =
            ControllerServiceGrpc.getWatchMetadataMethod().toBuilder(
                            ControllerServiceGrpc.getWatchMetadataMethod().getRequestMarshaller(),
                            SerialisedStep.MARSHALLER)
                    .build();

    private final ControllerCalls calls;
    private final PictureFeed pictures;

    /**
     * An endpoint that watches its controller from the first watcher on.
     *
     * @param controllerId of that controller, as it names itself when it decides
     */
    public ControllerEndpoint(ControllerApi controller, String controllerId, ControllerEndpointOptions options) {
        ControllerSeat seat = new ControllerSeat(controller, controllerId);
        this.calls = new ControllerCalls(seat);
        this.pictures = new PictureFeed(seat, options);
    }

    @Override
    public ServerServiceDefinition bindService() {
        ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(ControllerServiceGrpc.SERVICE_NAME);
        for (ServerMethodDefinition<?, ?> method : calls.bindService().getMethods()) {
            if (!method.getMethodDescriptor().getFullMethodName().equals(WATCH.getFullMethodName())) {
                service.addMethod(method);
            }
        }
        return service.addMethod(
                        WATCH,
                        ServerCalls.asyncServerStreamingCall((request, to) ->
                                pictures.watch(request, (ServerCallStreamObserver<SerialisedStep>) to)))
                .build();
    }

    /** How often a whole picture was serialised since the start. */
    public int snapshotsMade() {
        return pictures.snapshotsMade();
    }

    /** How many processes watch. */
    public int watchers() {
        return pictures.watchers();
    }

    /** The versions that the slowest watcher has not been sent; 0 without any. A moment old. */
    public long watchersLag() {
        return pictures.lag();
    }

    /** Sends watchers and brokers away, so that nothing goes on that only they would end. May be called more than once. */
    @Override
    public void close() {
        calls.close();
        pictures.close();
    }
}
