package io.millrace.controller.zookeeper;

import io.millrace.core.environment.Randomness;
import io.millrace.core.model.TopicId;
import io.millrace.core.statemachine.Change;
import io.millrace.core.statemachine.Leadership;
import io.millrace.core.statemachine.LogMember;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.data.Stat;

/** One lead: the right to write under one epoch, and what the tree looks like meanwhile. Blocks. */
final class Term<K, V> {
    private final ZnodeLayout<K, V> layout;
    private final ZooKeeperLogOptions options;
    private final EpochFencedWriter writer;
    private final ZnodeTree tree;
    private final Leadership<K, V> leadership;

    private Term(
            ZnodeLayout<K, V> layout,
            ZooKeeperLogOptions options,
            EpochFencedWriter writer,
            ZnodeTree tree,
            Leadership<K, V> leadership) {
        this.layout = layout;
        this.options = options;
        this.writer = writer;
        this.tree = tree;
        this.leadership = leadership;
    }

    /** Steps of one write, and how many changes they carry out. */
    record Part(List<ZnodeStep> steps, int changes) {}

    /** Sets the next epoch, which ends every earlier lead, and only then reads what there is. */
    static <K, V> Term<K, V> begin(
            CuratorFramework client,
            ZnodeLayout<K, V> layout,
            ZooKeeperLogOptions options,
            LogMember self,
            Randomness randomness)
            throws Exception {
        Stat stat = new Stat();
        EpochZnode begun = EpochZnode.decode(
                        Text.of(client.getData().storingStatIn(stat).forPath(options.epochPath())))
                .next(self);
        int znodeVersion = client.setData()
                .withVersion(stat.getVersion())
                .forPath(options.epochPath(), Text.bytes(begun.encode()))
                .getVersion();
        String logId = logId(client, options, randomness);
        for (String directory : layout.directories()) {
            Election.createIfAbsent(client, options.root() + directory, ZnodeTree.DIRECTORY);
        }
        ZnodeTree tree = new ZnodeTree(layout.directories());
        Map<K, V> state = new HashMap<>();
        for (String directory : layout.directories()) {
            new ZnodeReader(client).readBelow(options.root() + directory, (path, text) -> {
                String relative = path.substring(options.root().length());
                tree.found(relative, !text.isEmpty());
                if (!text.isEmpty()) {
                    Change.Put<K, V> found = layout.decode(relative, text);
                    state.put(found.key(), found.value());
                }
            });
        }
        EpochFencedWriter writer = new EpochFencedWriter(
                client, operations -> client.transaction().forOperations(operations), options, begun, znodeVersion);
        return new Term<>(
                layout, options, writer, tree, new Leadership<>(logId, begun.epoch(), begun.version(), state));
    }

    Leadership<K, V> leadership() {
        return leadership;
    }

    int epoch() {
        return writer.epoch();
    }

    long version() {
        return writer.version();
    }

    /** The writes that carry out a decision, in order; one when it fits. Each change is wholly in one of them. */
    List<Part> parts(List<Change<K, V>> changes) {
        List<Part> parts = new ArrayList<>();
        List<ZnodeStep> steps = new ArrayList<>();
        int carried = 0;
        int bytes = 0;
        for (Change<K, V> change : changes) {
            List<ZnodeStep> more = stepsOf(change);
            int moreBytes = more.stream().mapToInt(ZnodeStep::sizeInBytes).sum();
            if (!steps.isEmpty() && bytes + moreBytes > options.writeBytesMax()) {
                parts.add(new Part(List.copyOf(steps), carried));
                steps.clear();
                carried = 0;
                bytes = 0;
            }
            steps.addAll(more);
            carried++;
            bytes += moreBytes;
        }
        parts.add(new Part(List.copyOf(steps), carried));
        return parts;
    }

    boolean write(Part part, boolean last, BooleanSupplier leads) throws Exception {
        return writer.write(part.steps(), last, leads);
    }

    boolean isDeposed() throws Exception {
        return writer.isDeposed();
    }

    private List<ZnodeStep> stepsOf(Change<K, V> change) {
        return switch (change) {
            case Change.Put<K, V>(K key, V value) -> tree.put(layout.path(key), layout.encode(value));
            case Change.Remove<K, V>(K key) -> tree.remove(layout.path(key));
        };
    }

    private static String logId(CuratorFramework client, ZooKeeperLogOptions options, Randomness randomness)
            throws Exception {
        String fresh = new TopicId(randomness.nextUuid()).toString(); // the text form that Kafka gives cluster ids too
        Election.createIfAbsent(client, options.logPath(), new LogZnode(fresh, LogZnode.LAYOUT).encode());
        LogZnode log = LogZnode.decode(Text.of(client.getData().forPath(options.logPath())));
        if (log.layout() != LogZnode.LAYOUT) {
            throw new IllegalStateException("The znodes below " + options.root() + " have layout " + log.layout()
                    + "; this program knows layout " + LogZnode.LAYOUT + " only.");
        }
        return log.id();
    }
}
