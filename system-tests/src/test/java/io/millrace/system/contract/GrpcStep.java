package io.millrace.system.contract;

import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import io.grpc.ManagedChannel;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.millrace.system.client.Grpc;
import io.millrace.v1.AlterQuotasRequest;
import io.millrace.v1.CancelReassignmentsRequest;
import io.millrace.v1.ClusterServiceGrpc;
import io.millrace.v1.ConsumerServiceGrpc;
import io.millrace.v1.CreateTopicRequest;
import io.millrace.v1.DeleteRecordsRequest;
import io.millrace.v1.DeleteTopicRequest;
import io.millrace.v1.ElectLeadersRequest;
import io.millrace.v1.ElectionKind;
import io.millrace.v1.FetchRequest;
import io.millrace.v1.GetClusterRequest;
import io.millrace.v1.GetHealthRequest;
import io.millrace.v1.GetTopicRequest;
import io.millrace.v1.ListOffsetsRequest;
import io.millrace.v1.ListPartitionsRequest;
import io.millrace.v1.ListQuotasRequest;
import io.millrace.v1.ListReassignmentsRequest;
import io.millrace.v1.ListTopicsRequest;
import io.millrace.v1.PartitionServiceGrpc;
import io.millrace.v1.PartitionTarget;
import io.millrace.v1.Position;
import io.millrace.v1.ProduceRequest;
import io.millrace.v1.ProduceStreamRequest;
import io.millrace.v1.ProduceStreamResponse;
import io.millrace.v1.ProducerRecord;
import io.millrace.v1.ProducerServiceGrpc;
import io.millrace.v1.QuotaAlteration;
import io.millrace.v1.QuotaEntity;
import io.millrace.v1.QuotaName;
import io.millrace.v1.QuotaServiceGrpc;
import io.millrace.v1.ReassignPartitionsRequest;
import io.millrace.v1.Record;
import io.millrace.v1.StartPoint;
import io.millrace.v1.Topic;
import io.millrace.v1.TopicPartition;
import io.millrace.v1.TopicServiceGrpc;
import io.millrace.v1.UpdateTopicRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An example of one method of the gRPC contract.
 *
 * @param method its name, with that of its service
 * @param call asks a gateway and returns what it said
 */
public record GrpcStep(String method, Function<Grpc, String> call) {
    private static final List<ServiceDescriptor> SERVICES = List.of(
            ClusterServiceGrpc.getServiceDescriptor(),
            ConsumerServiceGrpc.getServiceDescriptor(),
            PartitionServiceGrpc.getServiceDescriptor(),
            ProducerServiceGrpc.getServiceDescriptor(),
            QuotaServiceGrpc.getServiceDescriptor(),
            TopicServiceGrpc.getServiceDescriptor());
    private static final int STREAM_LIMIT_SECONDS = 30;

    /** The names of all methods in the contract. */
    public static TreeSet<String> methods() {
        return SERVICES.stream()
                .flatMap(service -> service.getMethods().stream()
                        .map(method ->
                                simple(service.getName()) + "/" + Objects.requireNonNull(method.getBareMethodName())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Examples of all methods, in an order in which each finds what it needs; the last one deletes the topic. */
    public static List<GrpcStep> on(String topic) {
        return Stream.of(cluster(), quotas(topic), topics(topic), partitions(topic), records(topic), end(topic))
                .flatMap(List::stream)
                .toList();
    }

    /** Whether it changes metadata, which other gateways see a moment later. */
    public boolean changesMetadata() {
        return method.equals("TopicService/UpdateTopic")
                || method.equals("TopicService/DeleteTopic")
                || method.equals("QuotaService/AlterQuotas");
    }

    private static List<GrpcStep> cluster() {
        return List.of(
                step(
                        "ClusterService/GetCluster",
                        gateway -> ClusterServiceGrpc.newBlockingStub(gateway.channel())
                                .getCluster(GetClusterRequest.getDefaultInstance())),
                step(
                        "ClusterService/GetHealth",
                        gateway -> ClusterServiceGrpc.newBlockingStub(gateway.channel())
                                .getHealth(GetHealthRequest.getDefaultInstance())));
    }

    private static List<GrpcStep> quotas(String client) {
        QuotaEntity entity = QuotaEntity.newBuilder()
                .setClientId(QuotaName.newBuilder().setNamed(client))
                .build();
        return List.of(
                alterQuotas(QuotaAlteration.newBuilder().setEntity(entity).putSet("producer_byte_rate", 1e9)),
                step(
                        "QuotaService/ListQuotas",
                        gateway -> QuotaServiceGrpc.newBlockingStub(gateway.channel())
                                .listQuotas(ListQuotasRequest.getDefaultInstance())),
                alterQuotas(QuotaAlteration.newBuilder().setEntity(entity).addReset("producer_byte_rate")));
    }

    private static GrpcStep alterQuotas(QuotaAlteration.Builder alteration) {
        return step(
                "QuotaService/AlterQuotas",
                gateway -> QuotaServiceGrpc.newBlockingStub(gateway.channel())
                        .alterQuotas(AlterQuotasRequest.newBuilder()
                                .addAlterations(alteration)
                                .build()));
    }

    private static List<GrpcStep> topics(String topic) {
        return List.of(
                // The topic is there already, and fits.
                step(
                        "TopicService/CreateTopic",
                        gateway -> gateway.topics()
                                .createTopic(CreateTopicRequest.newBuilder()
                                        .setTopic(Topic.newBuilder().setName(topic))
                                        .setIfNotExists(true)
                                        .build())),
                step(
                        "TopicService/ListTopics",
                        gateway -> gateway.topics()
                                .listTopics(ListTopicsRequest.newBuilder()
                                        .setNamePattern(topic)
                                        .build())),
                step(
                        "TopicService/UpdateTopic",
                        gateway -> gateway.topics()
                                .updateTopic(UpdateTopicRequest.newBuilder()
                                        .setTopic(Topic.newBuilder()
                                                .setName(topic)
                                                .setPartitionCount(3)
                                                .putConfigs("retention.ms", "604800000"))
                                        .setUpdateMask(FieldMask.newBuilder()
                                                .addPaths("partition_count")
                                                .addPaths("configs.retention.ms"))
                                        .build())),
                step("TopicService/GetTopic", gateway -> gateway.topics().getTopic(named(topic))));
    }

    private static List<GrpcStep> partitions(String topic) {
        return List.of(
                step(
                        "PartitionService/ListPartitions",
                        gateway -> PartitionServiceGrpc.newBlockingStub(gateway.channel())
                                .listPartitions(ListPartitionsRequest.newBuilder()
                                        .setTopic(topic)
                                        .build())),
                step(
                        "PartitionService/ListReassignments",
                        gateway -> PartitionServiceGrpc.newBlockingStub(gateway.channel())
                                .listReassignments(ListReassignmentsRequest.getDefaultInstance())),
                step(
                        "PartitionService/ReassignPartitions",
                        gateway -> PartitionServiceGrpc.newBlockingStub(gateway.channel())
                                .reassignPartitions(ReassignPartitionsRequest.newBuilder()
                                        .addTargets(PartitionTarget.newBuilder()
                                                .setPartition(TopicPartition.newBuilder()
                                                        .setTopic(topic))
                                                .addBrokerIds(99))
                                        .setValidateOnly(true)
                                        .build())),
                step(
                        "PartitionService/CancelReassignments",
                        gateway -> PartitionServiceGrpc.newBlockingStub(gateway.channel())
                                .cancelReassignments(CancelReassignmentsRequest.getDefaultInstance())),
                step(
                        "PartitionService/ElectLeaders",
                        gateway -> PartitionServiceGrpc.newBlockingStub(gateway.channel())
                                .electLeaders(ElectLeadersRequest.newBuilder()
                                        .setKind(ElectionKind.ELECTION_KIND_UNCLEAN)
                                        .setValidateOnly(true)
                                        .build())));
    }

    private static List<GrpcStep> records(String topic) {
        return List.of(
                step(
                        "ProducerService/Produce",
                        gateway -> gateway.producer()
                                .produce(ProduceRequest.newBuilder()
                                        .setTopic(topic)
                                        .addRecords(record(0, "one"))
                                        .addRecords(record(1, "two"))
                                        .addRecords(record(99, "nowhere"))
                                        .build())),
                new GrpcStep("ProducerService/ProduceStream", gateway -> stream(gateway.channel(), topic)),
                step(
                        "TopicService/ListOffsets",
                        gateway -> gateway.topics()
                                .listOffsets(ListOffsetsRequest.newBuilder()
                                        .setTopic(topic)
                                        .setAt(StartPoint.newBuilder().setEdge(StartPoint.Edge.EDGE_LATEST))
                                        .build())),
                step(
                        "ConsumerService/Fetch",
                        gateway -> gateway.consumer()
                                .fetch(FetchRequest.newBuilder()
                                        .addPositions(Position.newBuilder().setTopic(topic))
                                        .build())),
                new GrpcStep(
                        "ConsumerService/Read",
                        gateway -> gateway.readAll(topic, 0).stream()
                                .map(Record::toString)
                                .sorted()
                                .collect(Collectors.joining())),
                step(
                        "TopicService/DeleteRecords",
                        gateway -> gateway.topics()
                                .deleteRecords(DeleteRecordsRequest.newBuilder()
                                        .addBefore(Position.newBuilder()
                                                .setTopic(topic)
                                                .setOffset(1))
                                        .build())),
                step("TopicService/GetTopic", gateway -> gateway.topics().getTopic(named(topic))));
    }

    private static List<GrpcStep> end(String topic) {
        return List.of(step(
                "TopicService/DeleteTopic",
                gateway -> gateway.topics()
                        .deleteTopic(
                                DeleteTopicRequest.newBuilder().setName(topic).build())));
    }

    private static GrpcStep step(String method, Function<Grpc, Message> call) {
        return new GrpcStep(method, gateway -> call.apply(gateway).toString());
    }

    private static GetTopicRequest named(String topic) {
        return GetTopicRequest.newBuilder().setName(topic).build();
    }

    private static ProducerRecord record(int partition, String value) {
        return ProducerRecord.newBuilder()
                .setPartition(partition)
                .setValue(ByteString.copyFromUtf8(value))
                .build();
    }

    /** Opens a stream, sends one batch, and returns all answers. */
    private static String stream(ManagedChannel channel, String topic) {
        List<String> answers = new ArrayList<>();
        CompletableFuture<List<String>> ended = new CompletableFuture<>();
        StreamObserver<ProduceStreamRequest> requests = ProducerServiceGrpc.newStub(channel)
                .produceStream(new StreamObserver<ProduceStreamResponse>() {
                    @Override
                    public void onNext(ProduceStreamResponse response) {
                        if (!response.hasCredit()) {
                            answers.add(response.toString());
                        }
                    }

                    @Override
                    public void onError(Throwable failure) {
                        ended.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {
                        ended.complete(answers);
                    }
                });
        requests.onNext(ProduceStreamRequest.newBuilder()
                .setOpen(ProduceStreamRequest.Open.newBuilder().setTopic(topic))
                .build());
        requests.onNext(ProduceStreamRequest.newBuilder()
                .setBatch(ProduceStreamRequest.Batch.newBuilder()
                        .setSequence(1)
                        .addRecords(record(0, "three"))
                        .addRecords(record(2, "four")))
                .build());
        requests.onCompleted();
        try {
            return String.join(
                    "", ended.orTimeout(STREAM_LIMIT_SECONDS, TimeUnit.SECONDS).join());
        } catch (CompletionException e) {
            throw e.getCause() instanceof StatusRuntimeException status ? status : e;
        }
    }

    private static String simple(String service) {
        return service.substring(service.lastIndexOf('.') + 1);
    }
}
