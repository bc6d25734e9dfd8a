import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Load on whatever speaks the Kafka protocol. Prints a line of numbers for docs/bench/kafka.sh.
 *
 * <pre>
 *   create  BOOTSTRAP TOPIC PARTITIONS REPLICAS [CONFIG=VALUE...]
 *   small   BOOTSTRAP TOPIC CONNECTIONS IN_FLIGHT SECONDS BYTES ACKS     requests; then p50 and p99 in ms
 *   consume BOOTSTRAP TOPIC RECORDS                                      records and seconds
 *   latency BOOTSTRAP TOPIC RATE SECONDS                                 p50, p99 and p99.9 in ms from a send to its poll, at so many records/s
 *   spread  BOOTSTRAP TOPIC PARTITIONS REPLICAS [CONFIG=VALUE...]        seconds until a record is acknowledged in each partition
 * </pre>
 */
public final class KafkaLoad {
    private static final short PRODUCE_VERSION = 9;

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "create" -> create(arguments);
            case "small" -> small(arguments);
            case "consume" -> consume(arguments);
            case "latency" -> latency(arguments);
            case "spread" -> spread(arguments);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void create(String[] a) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", a[1]))) {
            NewTopic topic = new NewTopic(a[2], Integer.parseInt(a[3]), Short.parseShort(a[4]));
            Map<String, String> configs = new HashMap<>();
            for (String config : Arrays.copyOfRange(a, 5, a.length)) {
                configs.put(config.substring(0, config.indexOf('=')), config.substring(config.indexOf('=') + 1));
            }
            admin.createTopics(List.of(topic.configs(configs))).all().get();
        }
    }

    private static void spread(String[] a) throws Exception {
        long start = System.nanoTime();
        create(a);
        Map<String, Object> settings = settings(a[1]);
        settings.put("acks", "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            int partitions = Integer.parseInt(a[3]);
            List<java.util.concurrent.Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < partitions; i++) {
                sent.add(producer.send(new ProducerRecord<>(a[2], i, null, new byte[100])));
            }
            for (var each : sent) {
                each.get();
            }
        }
        System.out.printf("%.2f%n", (System.nanoTime() - start) / 1e9);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", a[1]))) {
            admin.deleteTopics(List.of(a[2])).all().get();
        }
    }

    private static void consume(String[] a) {
        long wanted = Long.parseLong(a[3]);
        Map<String, Object> settings = settings(a[1]);
        settings.put("max.poll.records", 10_000);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(a[2]).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long start = System.nanoTime();
            long got = 0;
            long quiet = start;
            while (got < wanted && System.nanoTime() - quiet < 20e9) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(500));
                got += records.count();
                quiet = records.isEmpty() ? quiet : System.nanoTime();
            }
            System.out.printf("%d %.2f%n", got, (System.nanoTime() - start) / 1e9);
        }
    }

    /** From the send of a record to its arrival at a consumer in the same process, by one clock. The first second does not count. */
    private static void latency(String[] a) throws Exception {
        int rate = Integer.parseInt(a[3]);
        int records = rate * Integer.parseInt(a[4]);
        long[] latencies = new long[records];
        Thread reader = Thread.ofPlatform().start(() -> readLatencies(a[1], a[2], latencies));
        Map<String, Object> settings = settings(a[1]);
        settings.put("acks", "all");
        settings.put("linger.ms", 0);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.partitionsFor(a[2]);
            Thread.sleep(1_000); // the reader is there
            long start = System.nanoTime();
            for (int i = 0; i < records; i++) {
                long due = start + i * 1_000_000_000L / rate;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                byte[] value = ByteBuffer.allocate(100).putLong(System.nanoTime()).array();
                producer.send(new ProducerRecord<>(a[2], 0, null, value));
            }
        }
        reader.join();
        long[] counted = Arrays.copyOfRange(latencies, rate, records);
        Arrays.sort(counted);
        System.out.printf(
                "%.2f %.2f %.2f%n",
                counted[counted.length / 2] / 1e6,
                counted[(int) (counted.length * 0.99)] / 1e6,
                counted[(int) (counted.length * 0.999)] / 1e6);
    }

    private static void readLatencies(String bootstrap, String topic, long[] latencies) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings(bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0));
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            for (int i = 0; i < latencies.length; ) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(500));
                long now = System.nanoTime();
                for (var each : records) {
                    latencies[i++] = now - ByteBuffer.wrap(each.value()).getLong();
                }
            }
        }
    }

    /** Where the leader of each partition is. */
    private static List<String> leaders(String bootstrap, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                    .map(each -> each.leader().host() + ":" + each.leader().port())
                    .toList();
        }
    }

    private static Map<String, Object> settings(String bootstrap) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrap);
        return settings;
    }

    /** Connections that each keep so many produce requests of one record under way, as plain as can be. */
    private static void small(String[] a) throws Exception {
        int connections = Integer.parseInt(a[3]);
        int inFlight = Integer.parseInt(a[4]);
        long end = System.nanoTime() + (long) (Double.parseDouble(a[5]) * 1e9);
        short acks = (short) (a[7].equals("all") ? -1 : Integer.parseInt(a[7]));
        LongAdder requests = new LongAdder();
        List<String> leaders = leaders(a[1], a[2]);
        List<long[]> latencies = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            long[] own = new long[2_000_000];
            latencies.add(own);
            int partition = i % leaders.size();
            ByteBuffer frame = request(a[2], partition, Integer.parseInt(a[6]), acks);
            threads.add(Thread.ofPlatform()
                    .start(() -> load(leaders.get(partition), frame, inFlight, end, requests, own)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long[] all = latencies.stream()
                .flatMapToLong(own -> Arrays.stream(own, 1, (int) own[0] + 1))
                .sorted()
                .toArray();
        System.out.printf(
                "%d %.2f %.2f%n", requests.sum(), all[all.length / 2] / 1e6, all[(int) (all.length * 0.99)] / 1e6);
    }

    private static void load(
            String leader, ByteBuffer frame, int inFlight, long end, LongAdder requests, long[] latencies) {
        String[] address = leader.split(":");
        try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]))) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
            long[] sentAt = new long[inFlight];
            int next = 0;
            for (int i = 0; i < inFlight; i++) {
                sentAt[i] = System.nanoTime();
                socket.getOutputStream().write(frame.array());
            }
            while (System.nanoTime() < end) {
                requireSuccess(in.readNBytes(in.readInt()));
                long now = System.nanoTime();
                if (latencies[0] + 1 < latencies.length) {
                    latencies[0]++;
                    latencies[(int) latencies[0]] = now - sentAt[next];
                }
                requests.increment();
                sentAt[next] = now;
                next = (next + 1) % inFlight;
                socket.getOutputStream().write(frame.array());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void requireSuccess(byte[] response) {
        ByteBuffer bytes = ByteBuffer.wrap(response);
        bytes.getInt();
        bytes.get();
        short error = new ProduceResponseData(new ByteBufferAccessor(bytes), PRODUCE_VERSION)
                .responses().iterator().next().partitionResponses().getFirst().errorCode();
        if (error != 0) {
            throw new IllegalStateException("error " + error);
        }
    }

    private static ByteBuffer request(String topic, int partition, int bytes, short acks) {
        MemoryRecords records = MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(new byte[bytes]));
        TopicProduceDataCollection topics = new TopicProduceDataCollection();
        topics.add(new TopicProduceData()
                .setName(topic)
                .setPartitionData(List.of(new PartitionProduceData().setIndex(partition).setRecords(records))));
        ProduceRequestData body =
                new ProduceRequestData().setAcks(acks).setTimeoutMs(30_000).setTopicData(topics);
        short headVersion = ApiMessageType.PRODUCE.requestHeaderVersion(PRODUCE_VERSION);
        ByteBuffer head = bytes(
                new RequestHeaderData()
                        .setRequestApiKey(body.apiKey())
                        .setRequestApiVersion(PRODUCE_VERSION)
                        .setClientId("load"),
                headVersion);
        ByteBuffer content = bytes(body, PRODUCE_VERSION);
        return ByteBuffer.allocate(4 + head.remaining() + content.remaining())
                .putInt(head.remaining() + content.remaining())
                .put(head)
                .put(content);
    }

    private static ByteBuffer bytes(Message message, short version) {
        return MessageUtil.toByteBufferAccessor(message, version).buffer();
    }
}
