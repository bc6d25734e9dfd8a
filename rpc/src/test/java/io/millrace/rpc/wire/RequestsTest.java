package io.millrace.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import io.millrace.core.api.AddPartitionsRequest;
import io.millrace.core.api.AlterTopicConfigsRequest;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.ControllerStanding;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.Endpoint;
import io.millrace.internal.v1.HeartbeatResponse;
import io.millrace.internal.v1.NotActive;
import io.millrace.internal.v1.RegisterBrokerRequest;
import io.millrace.internal.v1.RegisterBrokerResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private static final BrokerRegistration REGISTRATION = new BrokerRegistration(
            3,
            "cluster",
            new UUID(1, 2),
            "rack-b",
            List.of(new Endpoint("internal", "broker-3", 19092)),
            List.of(new UUID(3, 4), new UUID(-5, -6)));

    @Test
    void changesOfTopicsStayThemselves() {
        CreateTopicRequest create = new CreateTopicRequest(
                "a/b", 2, -7, Map.of("retention.ms", "soon", "", "x"), true, List.of(List.of(1, 2), List.of()));
        AddPartitionsRequest add = new AddPartitionsRequest("orders", -1, true, List.of(List.of(4)));
        AlterTopicConfigsRequest alter =
                new AlterTopicConfigsRequest("orders", Map.of("segment.ms", "1"), List.of("retention.ms", "x"), true);

        assertThat(TopicChanges.decode(TopicChanges.encode(create))).isEqualTo(create);
        assertThat(TopicChanges.decode(TopicChanges.encode(add))).isEqualTo(add);
        assertThat(TopicChanges.decode(TopicChanges.encode(alter))).isEqualTo(alter);
    }

    @Test
    void aRegistrationStaysItself() throws MalformedMessageException {
        BrokerRegistration bare = new BrokerRegistration(0, null, new UUID(-1, -2), null, List.of());

        assertThat(BrokerSigns.decode(BrokerSigns.encode(REGISTRATION))).isEqualTo(REGISTRATION);
        assertThat(BrokerSigns.decode(BrokerSigns.encode(bare))).isEqualTo(bare);
    }

    @Test
    void aRegistrationWithoutAnIncarnationOrWithEndlessPartsIsMalformed() {
        RegisterBrokerRequest good = BrokerSigns.encode(REGISTRATION);

        assertMalformed(good.toBuilder().clearIncarnation());
        assertMalformed(good.toBuilder().setRack("r".repeat(256)));
        assertMalformed(good.toBuilder().setClusterId(""));
        assertMalformed(good.toBuilder().addAllEndpoints(Collections.nCopies(16, good.getEndpoints(0))));
        assertMalformed(
                good.toBuilder().addEndpoints(good.getEndpoints(0).toBuilder().clearHost()));
        assertMalformed(
                good.toBuilder().addEndpoints(good.getEndpoints(0).toBuilder().setPort(-1)));
        assertMalformed(good.toBuilder().addDirectoryIds(ByteString.copyFromUtf8("short")));
        assertMalformed(good.toBuilder().addAllDirectoryIds(Collections.nCopies(999, good.getDirectoryIds(0))));
    }

    @Test
    void heartbeatsAndLeasesStayThemselves() throws MalformedMessageException {
        BrokerHeartbeat heartbeat = new BrokerHeartbeat(3, 1L << 40, 1L << 41, true);
        BrokerLease lease = new BrokerLease(Duration.ofSeconds(9), true);

        assertThat(BrokerSigns.decode(BrokerSigns.encode(heartbeat))).isEqualTo(heartbeat);
        assertThat(BrokerSigns.decode(BrokerSigns.encode(lease, 5, true))).isEqualTo(lease);
        assertThat(BrokerSigns.encode(lease, 5, true))
                .satisfies(message -> assertThat(message.getControllerEpoch()).isEqualTo(5))
                .satisfies(message -> assertThat(message.getSuspended()).isTrue());
    }

    @Test
    void answersThatCannotBeAreMalformed() {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> BrokerSigns.decode(HeartbeatResponse.Lease.newBuilder()
                        .setValidForMillis(-1)
                        .build()));
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> BrokerSigns.decode(RegisterBrokerResponse.Registered.getDefaultInstance()));
    }

    @Test
    void registeredStaysItself() throws MalformedMessageException {
        BrokerRegistered registered = new BrokerRegistered("cluster", 1L << 40);

        assertThat(BrokerSigns.decode(BrokerSigns.encode(registered))).isEqualTo(registered);
    }

    @Test
    void aControllerThatStandsBySaysWhoDecidesIfItKnows() throws MalformedMessageException {
        ControllerStanding.ActiveController active =
                new ControllerStanding.ActiveController("controller-2", "host-2", 19093, 12);

        assertThat(Standings.hint(Standings.notActive(new ControllerStanding(active, false))))
                .contains(active);
        assertThat(Standings.hint(Standings.notActive(ControllerStanding.UNKNOWN)))
                .isEmpty();
    }

    @Test
    void aHintThatLeadsNowhereIsMalformed() {
        NotActive nowhere = NotActive.newBuilder()
                .setActive(io.millrace.internal.v1.ActiveController.newBuilder().setPort(1))
                .build();

        assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> Standings.hint(nowhere));
    }

    @Test
    void anAnswerThatCannotBeReadMayStandForAnything() {
        Outcome<String> outcome = Outcomes.unreadable(new MalformedMessageException("It is empty."));

        assertThat(outcome)
                .isEqualTo(Outcome.refused(new Refusal.TimedOut(
                        "The answer could not be read, so what was asked may have happened: It is empty.")));
    }

    private static void assertMalformed(RegisterBrokerRequest.Builder request) {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> BrokerSigns.decode(request.build()))
                .satisfies(e -> assertThat(e.problem()).endsWith("."));
    }
}
