package io.millrace.rpc.client;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.millrace.core.api.ControllerStanding.ActiveController;
import io.millrace.internal.v1.ControllerServiceGrpc;
import io.millrace.internal.v1.FindControllerRequest;
import io.millrace.internal.v1.FindControllerResponse;
import io.millrace.rpc.wire.MalformedMessageException;
import io.millrace.rpc.wire.Standings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks all controllers at once who decides, and those that they name; each is asked once, so that hints that go in circles
 * end. Each has a channel of its own, because one that has failed waits before it connects again. Confined to the client's
 * context.
 */
final class ControllerRound {
    /** Most addresses that are asked in a round, in case that hints never end. */
    private static final int ADDRESSES_MAX = 32;

    private final ClientContext context;
    private final Finder finder;
    private final Map<ControllerAddress, String> answers = new LinkedHashMap<>();
    private int open;
    private @Nullable ControllerConnection suspended;

    ControllerRound(ClientContext context, Finder finder) {
        this.context = context;
        this.finder = finder;
    }

    /** Is told what the round brings. */
    interface Finder {
        /** That one decides, according to itself or another; returns whether no later one has been heard of. */
        boolean heard(ActiveController controller);

        /** That one says that it decides, or that it would, if it had not lost its log; owns the connection from now on. */
        void found(ControllerConnection connection, boolean suspended);

        /** Everybody has answered or is not expected to any more. */
        void roundEnded(String answers);
    }

    void ask(ControllerAddress address) {
        if (answers.size() >= ADDRESSES_MAX || answers.putIfAbsent(address, "no answer") != null) {
            return;
        }
        open++;
        ManagedChannel channel = context.channels().open(address);
        ControllerServiceGrpc.newStub(channel)
                .withDeadlineAfter(context.options().probeTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .findController(FindControllerRequest.getDefaultInstance(), new Answer(address, channel));
    }

    private void answered(ControllerAddress address, ManagedChannel channel, FindControllerResponse answer) {
        try {
            Optional<ActiveController> active = Standings.hint(answer);
            answers.put(
                    address,
                    active.map(controller -> "says that " + controller.id() + " decides, epoch " + controller.epoch())
                            .orElse("knows of nobody who decides"));
            boolean latest = active.isPresent() && finder.heard(active.get());
            if (latest && active.get().id().equals(answer.getControllerId())) {
                keep(
                        new ControllerConnection(active.get(), address, answer.getClusterId(), channel),
                        answer.getSuspended());
                return;
            }
            if (latest && active.get().port() > 0) {
                ask(new ControllerAddress(active.get().host(), active.get().port()));
            }
        } catch (MalformedMessageException e) {
            answers.put(address, "gave an answer that cannot be read: " + e.problem());
        }
        channel.shutdownNow();
    }

    /** One that has lost its log is the choice only if nobody else decides. */
    private void keep(ControllerConnection connection, boolean isSuspended) {
        if (!isSuspended) {
            finder.found(connection, false);
            return;
        }
        ControllerConnection other = suspended;
        boolean later = other == null || connection.epoch() > other.epoch();
        if (other != null) {
            (later ? other : connection).close();
        }
        suspended = later ? connection : other;
    }

    private void end() {
        if (suspended != null) {
            finder.found(suspended, true);
        }
        finder.roundEnded(answers.toString());
    }

    /** What one controller answers. */
    private final class Answer implements StreamObserver<FindControllerResponse> {
        private final ControllerAddress address;
        private final ManagedChannel channel;
        private @Nullable FindControllerResponse response;

        Answer(ControllerAddress address, ManagedChannel channel) {
            this.address = address;
            this.channel = channel;
        }

        @Override
        public void onNext(FindControllerResponse answer) {
            response = answer;
        }

        @Override
        public void onError(Throwable failure) {
            Status status = Status.fromThrowable(failure);
            context.execute(() -> {
                answers.put(address, status.getCode() + ": " + status.getDescription());
                channel.shutdownNow();
                closeOne();
            });
        }

        @Override
        public void onCompleted() {
            FindControllerResponse answer = response == null ? FindControllerResponse.getDefaultInstance() : response;
            context.execute(() -> {
                answered(address, channel, answer);
                closeOne();
            });
        }

        private void closeOne() {
            open--;
            if (open == 0) {
                end();
            }
        }
    }
}
