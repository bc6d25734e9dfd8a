package io.millrace.rpc.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.millrace.internal.v1.ReplicaPull;
import io.millrace.internal.v1.ReplicaServiceGrpc;
import io.millrace.internal.v1.ReplicateRequest;
import io.millrace.internal.v1.ReplicateResponse;
import io.millrace.rpc.transport.SessionOptions;
import io.millrace.rpc.wire.ReplicaPulls;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileFollowerTest {
    private static final SessionOptions OPTIONS = new SessionOptions(
            Duration.ofMillis(50), Duration.ofMillis(300), Duration.ofMillis(100), 2, 1 << 20, 512 << 10);
    private static final ReplicateRequest HELLO = ReplicaPulls.encode(Said.HELLO);

    private final TwinLeader leader = new TwinLeader();
    private final ServedLeader served = new ServedLeader(leader, OPTIONS);
    private final ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", served.port())
            .usePlaintext()
            .build();

    @AfterEach
    void stop() {
        channel.shutdownNow();
        served.close();
    }

    @Test
    void aSessionThatNobodyOpensEndsInTime() {
        assertThat(new Call().status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(leader.hasNoSession()).isTrue();
    }

    @Test
    void aSessionThatBeginsWithAnythingElseIsMalformed() {
        for (ReplicateRequest first : new ReplicateRequest[] {
            ReplicaPulls.encode(Said.pull(1)), ReplicaPulls.STILL_HERE, ReplicateRequest.getDefaultInstance()
        }) {
            assertThat(new Call().say(first).status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        assertThat(leader.hasNoSession()).isTrue();
    }

    @Test
    void aSecondHelloEndsTheSession() throws Exception {
        Call call = new Call().say(HELLO).say(HELLO);

        assertThat(call.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        leader.next().awaitFollowersEnd();
    }

    @Test
    void aHelloThatCannotBeIsMalformed() {
        var nobody = HELLO.toBuilder();
        nobody.getHelloBuilder().setFromBroker(-1);
        var nowhere = HELLO.toBuilder();
        nowhere.getHelloBuilder().setClusterId("");

        assertThat(new Call().say(nobody.build()).status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(new Call().say(nowhere.build()).status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(leader.hasNoSession()).isTrue();
    }

    static Stream<ReplicaPull> pullsThatCannotBe() {
        ReplicaPull good = ReplicaPulls.encode(Said.pull(1)).getPull();
        return Stream.of(
                with(good, position -> position.clearTopicId()),
                with(good, position -> position.setPartition(-1)),
                with(good, position -> position.setFetchOffset(-1)),
                with(good, position -> position.setDurableEnd(-1)),
                with(good, position -> position.setLastFetchedEpoch(-2)),
                with(good, position -> position.clearWants()),
                with(good, position -> position.setWantsValue(99)),
                good.toBuilder()
                        .addAllPositions(Collections.nCopies(ReplicaPulls.POSITIONS_MAX, good.getPositions(0)))
                        .build());
    }

    private static ReplicaPull with(
            ReplicaPull good, java.util.function.UnaryOperator<ReplicaPull.Position.Builder> change) {
        return good.toBuilder()
                .setPositions(1, change.apply(good.getPositions(1).toBuilder()))
                .build();
    }

    @ParameterizedTest
    @MethodSource("pullsThatCannotBe")
    void aPullThatCannotBeEndsTheSessionAndIsNotHeard(ReplicaPull pull) throws Exception {
        Call call = new Call()
                .say(HELLO)
                .say(ReplicateRequest.newBuilder().setPull(pull).build());

        assertThat(call.status())
                .satisfies(status -> assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT))
                .satisfies(status -> assertThat(status.getDescription()).endsWith("."));
        TwinLeader.Session session = leader.next();
        session.awaitFollowersEnd();
        assertThat(session.hasNoPull()).isTrue();
    }

    @Test
    void aFollowerThatFallsSilentIsLeft() throws Exception {
        Call call = new Call().say(HELLO);

        assertThat(call.status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        leader.next().awaitFollowersEnd();
        served.awaitNoSession();
    }

    @Test
    void oneSessionTooManyIsRefused() throws Exception {
        var _ = new Call().say(HELLO);
        var _ = new Call().say(HELLO);
        leader.next();
        leader.next();

        assertThat(new Call().say(HELLO).status().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(leader.hasNoSession()).isTrue();
    }

    /** A session by hand. */
    private final class Call implements StreamObserver<ReplicateResponse> {
        private final CompletableFuture<Status> end = new CompletableFuture<>();
        private final StreamObserver<ReplicateRequest> to =
                ReplicaServiceGrpc.newStub(channel).replicate(this);

        Call say(ReplicateRequest request) {
            to.onNext(request);
            return this;
        }

        Status status() {
            return end.orTimeout(30, TimeUnit.SECONDS).join();
        }

        @Override
        public void onNext(ReplicateResponse response) {}

        @Override
        public void onError(Throwable failure) {
            end.complete(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
            end.complete(Status.OK);
        }
    }
}
