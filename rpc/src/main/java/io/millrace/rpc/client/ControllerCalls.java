package io.millrace.rpc.client;

import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.ProducerIdBlock;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.TopicImage;
import io.millrace.internal.v1.AddPartitionsRequest;
import io.millrace.internal.v1.AllocateProducerIdsRequest;
import io.millrace.internal.v1.AllocateProducerIdsResponse;
import io.millrace.internal.v1.AlterPartitionsRequest;
import io.millrace.internal.v1.AlterQuotasRequest;
import io.millrace.internal.v1.AlterQuotasResponse;
import io.millrace.internal.v1.AlterTopicConfigsRequest;
import io.millrace.internal.v1.ControllerServiceGrpc;
import io.millrace.internal.v1.CreateTopicRequest;
import io.millrace.internal.v1.DeleteTopicRequest;
import io.millrace.internal.v1.ElectLeadersRequest;
import io.millrace.internal.v1.NotActive;
import io.millrace.internal.v1.PartitionsResponse;
import io.millrace.internal.v1.ReassignPartitionsRequest;
import io.millrace.internal.v1.RegisterBrokerRequest;
import io.millrace.internal.v1.RegisterBrokerResponse;
import io.millrace.internal.v1.TopicResponse;
import io.millrace.internal.v1.UnregisterBrokerRequest;
import io.millrace.internal.v1.UnregisterBrokerResponse;
import io.millrace.internal.v1.WithdrawReplicasRequest;
import io.millrace.rpc.client.ControllerCall.Kind;
import io.millrace.rpc.wire.BrokerSigns;
import io.millrace.rpc.wire.MalformedMessageException;
import io.millrace.rpc.wire.Outcomes;
import io.millrace.rpc.wire.PartitionChanges;
import io.millrace.rpc.wire.ProducerIdBlocks;
import io.millrace.rpc.wire.QuotaChanges;
import io.millrace.rpc.wire.TopicChanges;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls that have one answer. A registration says the same when it is said twice, and ids may be given in vain. */
final class ControllerCalls {
    private static final ControllerCall.Reading<TopicResponse, TopicImage> TOPIC = new TopicReading();

    static final Kind<CreateTopicRequest, TopicResponse, TopicImage> CREATE_TOPIC =
            new Kind<>(ControllerServiceGrpc.getCreateTopicMethod(), TOPIC, false);
    static final Kind<DeleteTopicRequest, TopicResponse, TopicImage> DELETE_TOPIC =
            new Kind<>(ControllerServiceGrpc.getDeleteTopicMethod(), TOPIC, false);
    static final Kind<AddPartitionsRequest, TopicResponse, TopicImage> ADD_PARTITIONS =
            new Kind<>(ControllerServiceGrpc.getAddPartitionsMethod(), TOPIC, false);
    static final Kind<AlterTopicConfigsRequest, TopicResponse, TopicImage> ALTER_TOPIC_CONFIGS =
            new Kind<>(ControllerServiceGrpc.getAlterTopicConfigsMethod(), TOPIC, false);
    static final Kind<RegisterBrokerRequest, RegisterBrokerResponse, BrokerRegistered> REGISTER_BROKER =
            new Kind<>(ControllerServiceGrpc.getRegisterBrokerMethod(), new RegistrationReading(), true);

    static final Kind<AllocateProducerIdsRequest, AllocateProducerIdsResponse, ProducerIdBlock> ALLOCATE_PRODUCER_IDS =
            new Kind<>(ControllerServiceGrpc.getAllocateProducerIdsMethod(), new ProducerIdsReading(), true);

    static final Kind<AlterQuotasRequest, AlterQuotasResponse, List<Outcome<QuotaEntity>>> ALTER_QUOTAS =
            new Kind<>(ControllerServiceGrpc.getAlterQuotasMethod(), new QuotasReading(), false);

    static final Kind<UnregisterBrokerRequest, UnregisterBrokerResponse, Integer> UNREGISTER_BROKER =
            new Kind<>(ControllerServiceGrpc.getUnregisterBrokerMethod(), new UnregistrationReading(), false);

    private static final ControllerCall.Reading<PartitionsResponse, List<Outcome<PartitionChanged>>> PARTITIONS =
            new PartitionsReading();

    static final Kind<AlterPartitionsRequest, PartitionsResponse, List<Outcome<PartitionChanged>>> ALTER_PARTITIONS =
            new Kind<>(ControllerServiceGrpc.getAlterPartitionsMethod(), PARTITIONS, false);
    static final Kind<WithdrawReplicasRequest, PartitionsResponse, List<Outcome<PartitionChanged>>> WITHDRAW_REPLICAS =
            new Kind<>(ControllerServiceGrpc.getWithdrawReplicasMethod(), PARTITIONS, false);
    static final Kind<ReassignPartitionsRequest, PartitionsResponse, List<Outcome<PartitionChanged>>>
            REASSIGN_PARTITIONS = new Kind<>(ControllerServiceGrpc.getReassignPartitionsMethod(), PARTITIONS, false);
    static final Kind<ElectLeadersRequest, PartitionsResponse, List<Outcome<PartitionChanged>>> ELECT_LEADERS =
            new Kind<>(ControllerServiceGrpc.getElectLeadersMethod(), PARTITIONS, false);

    private ControllerCalls() {}

    private static final class TopicReading implements ControllerCall.Reading<TopicResponse, TopicImage> {
        @Override
        public @Nullable NotActive notActive(TopicResponse response) {
            return response.hasNotActive() ? response.getNotActive() : null;
        }

        @Override
        public Outcome<TopicImage> outcome(TopicResponse response) throws MalformedMessageException {
            return switch (response.getOutcomeCase()) {
                case TOPIC -> Outcome.done(TopicChanges.decode(response.getTopic()));
                case REFUSAL -> Outcomes.refused(response.getRefusal());
                case NOT_ACTIVE, OUTCOME_NOT_SET -> throw new MalformedMessageException("It has no outcome.");
            };
        }
    }

    private static final class PartitionsReading
            implements ControllerCall.Reading<PartitionsResponse, List<Outcome<PartitionChanged>>> {
        @Override
        public @Nullable NotActive notActive(PartitionsResponse response) {
            return response.hasNotActive() ? response.getNotActive() : null;
        }

        @Override
        public Outcome<List<Outcome<PartitionChanged>>> outcome(PartitionsResponse response)
                throws MalformedMessageException {
            return switch (response.getOutcomeCase()) {
                case CHANGES -> Outcome.done(PartitionChanges.decode(response.getChanges()));
                case REFUSAL -> Outcomes.refused(response.getRefusal());
                case NOT_ACTIVE, OUTCOME_NOT_SET -> throw new MalformedMessageException("It has no outcome.");
            };
        }
    }

    private static final class ProducerIdsReading
            implements ControllerCall.Reading<AllocateProducerIdsResponse, ProducerIdBlock> {
        @Override
        public @Nullable NotActive notActive(AllocateProducerIdsResponse response) {
            return response.hasNotActive() ? response.getNotActive() : null;
        }

        @Override
        public Outcome<ProducerIdBlock> outcome(AllocateProducerIdsResponse response) throws MalformedMessageException {
            return switch (response.getOutcomeCase()) {
                case BLOCK -> Outcome.done(ProducerIdBlocks.decode(response.getBlock()));
                case REFUSAL -> Outcomes.refused(response.getRefusal());
                case NOT_ACTIVE, OUTCOME_NOT_SET -> throw new MalformedMessageException("It has no outcome.");
            };
        }
    }

    private static final class QuotasReading
            implements ControllerCall.Reading<AlterQuotasResponse, List<Outcome<QuotaEntity>>> {
        @Override
        public @Nullable NotActive notActive(AlterQuotasResponse response) {
            return response.hasNotActive() ? response.getNotActive() : null;
        }

        @Override
        public Outcome<List<Outcome<QuotaEntity>>> outcome(AlterQuotasResponse response)
                throws MalformedMessageException {
            return switch (response.getOutcomeCase()) {
                case ALTERATIONS -> Outcome.done(QuotaChanges.decode(response.getAlterations()));
                case REFUSAL -> Outcomes.refused(response.getRefusal());
                case NOT_ACTIVE, OUTCOME_NOT_SET -> throw new MalformedMessageException("It has no outcome.");
            };
        }
    }

    private static final class UnregistrationReading
            implements ControllerCall.Reading<UnregisterBrokerResponse, Integer> {
        @Override
        public @Nullable NotActive notActive(UnregisterBrokerResponse response) {
            return response.hasNotActive() ? response.getNotActive() : null;
        }

        @Override
        public Outcome<Integer> outcome(UnregisterBrokerResponse response) throws MalformedMessageException {
            return switch (response.getOutcomeCase()) {
                case FORGOTTEN -> Outcome.done(response.getForgotten());
                case REFUSAL -> Outcomes.refused(response.getRefusal());
                case NOT_ACTIVE, OUTCOME_NOT_SET -> throw new MalformedMessageException("It has no outcome.");
            };
        }
    }

    private static final class RegistrationReading
            implements ControllerCall.Reading<RegisterBrokerResponse, BrokerRegistered> {
        @Override
        public @Nullable NotActive notActive(RegisterBrokerResponse response) {
            return response.hasNotActive() ? response.getNotActive() : null;
        }

        @Override
        public Outcome<BrokerRegistered> outcome(RegisterBrokerResponse response) throws MalformedMessageException {
            return switch (response.getOutcomeCase()) {
                case REGISTERED -> Outcome.done(BrokerSigns.decode(response.getRegistered()));
                case REFUSAL -> Outcomes.refused(response.getRefusal());
                case NOT_ACTIVE, OUTCOME_NOT_SET -> throw new MalformedMessageException("It has no outcome.");
            };
        }
    }
}
