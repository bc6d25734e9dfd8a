package io.millrace.rpc.broker;

import io.millrace.core.api.ActiveProducer;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.DeleteRecordsRequest;
import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.DescribeProducersRequest;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.FoundOffset;
import io.millrace.core.api.ListOffsetsRequest;
import io.millrace.core.api.LogDirectoryDetail;
import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * A process with a broker. It says {@code port N}, then {@code done} after each line that it has carried out:
 * {@code fresh} for a broker without topics, {@code topic NAME PARTITIONS [CONFIG=VALUE]...} for a topic, {@code discard
 * BYTES} for a broker that keeps nothing and answers each fetch with so many bytes. It ends with its standard input.
 */
final class BrokerProcess implements BrokerApi {
    private TwinBroker twin = new TwinBroker();
    private volatile BrokerApi broker = twin.broker();

    private BrokerProcess() {}

    public static void main(String[] args) throws IOException {
        BrokerProcess process = new BrokerProcess();
        ServedBroker served = new ServedBroker(process);
        System.out.println("port " + served.port());
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            process.carryOut(line.split(" "));
            System.out.println("done");
        }
        Runtime.getRuntime().halt(0);
    }

    private void carryOut(String[] words) {
        switch (words[0]) {
            case "fresh" -> {
                TwinBroker before = twin;
                twin = new TwinBroker();
                broker = twin.broker();
                before.close();
            }
            case "topic" -> {
                Map<String, String> configs = new TreeMap<>();
                for (int i = 3; i < words.length; i++) {
                    String[] entry = words[i].split("=", 2);
                    configs.put(entry[0], entry[1]);
                }
                twin.createTopic(words[1], Integer.parseInt(words[2]), configs);
            }
            case "discard" -> broker = new DiscardingBroker(Integer.parseInt(words[1]));
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    @Override
    public CompletableFuture<List<Outcome<Appended>>> append(AppendRequest request) {
        return broker.append(request);
    }

    @Override
    public CompletableFuture<List<Outcome<Fetched>>> fetch(FetchRequest request) {
        return broker.fetch(request);
    }

    @Override
    public CompletableFuture<List<Outcome<FoundOffset>>> listOffsets(ListOffsetsRequest request) {
        return broker.listOffsets(request);
    }

    @Override
    public CompletableFuture<List<Outcome<PartitionStatus>>> deleteRecords(DeleteRecordsRequest request) {
        return broker.deleteRecords(request);
    }

    @Override
    public CompletableFuture<List<Outcome<PartitionStatus>>> describe(DescribePartitionsRequest request) {
        return broker.describe(request);
    }

    @Override
    public CompletableFuture<List<Outcome<List<ActiveProducer>>>> describeProducers(DescribeProducersRequest request) {
        return broker.describeProducers(request);
    }

    @Override
    public CompletableFuture<List<LogDirectoryStatus>> logDirectories(LogDirectoryDetail detail) {
        return broker.logDirectories(detail);
    }
}
