package io.millrace.controller.zookeeper;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes under one epoch. Each write is one transaction that also sets the epoch znode, on condition of the version that
 * it had after the write before. So nothing is written once another leader has set its epoch, no write happens twice,
 * and whether a write whose answer was lost has happened can be read off that znode:
 *
 * <ul>
 *   <li>another epoch: deposed, the next leader knows what happened
 *   <li>our epoch, the next version: written
 *   <li>our epoch, the same version: not written yet; writing again is safe, as the condition lets only one through
 * </ul>
 *
 * <p>Blocks; confined to the log's thread.
 */
final class EpochFencedWriter {
    private static final Logger LOG = LoggerFactory.getLogger(EpochFencedWriter.class);

    private static final int RECONNECT_LOOK_MILLIS = 50;

    /** Attempts at one write that ZooKeeper drops each time, as it does with a request that is too large for it. */
    private static final int ATTEMPTS_MAX = 10;

    private final CuratorFramework client;
    private final Transactions transactions;
    private final ZooKeeperLogOptions options;
    private final EpochZnode begun;
    private long version;
    private int znodeVersion;

    /**
     * A writer for an epoch that was just set.
     *
     * @param znodeVersion of the epoch znode since then
     */
    EpochFencedWriter(
            CuratorFramework client,
            Transactions transactions,
            ZooKeeperLogOptions options,
            EpochZnode begun,
            int znodeVersion) {
        this.client = client;
        this.transactions = transactions;
        this.options = options;
        this.begun = begun;
        this.version = begun.version();
        this.znodeVersion = znodeVersion;
    }

    /** The door to ZooKeeper's transactions: all operations or none. */
    interface Transactions {
        void commit(List<CuratorOp> operations) throws Exception;
    }

    /** What became of a write without an answer. */
    private enum Fate {
        WRITTEN,
        NOT_WRITTEN_YET,
        /** The lead is over, or may be. */
        NOT_OURS_TO_KNOW
    }

    int epoch() {
        return begun.epoch();
    }

    /** The version of the latest whole decision. */
    long version() {
        return version;
    }

    /**
     * Writes one part of a decision; returns false when the epoch is over, and then what happened is for the next leader
     * to see. Tries for as long as this process may believe that it leads.
     *
     * @param last whether the decision is whole with it
     */
    boolean write(List<ZnodeStep> steps, boolean last, BooleanSupplier leads) throws Exception {
        long versionAfter = last ? version + 1 : version;
        List<CuratorOp> operations = operations(steps, versionAfter);
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            if (!leads.getAsBoolean()) {
                return false;
            }
            switch (attempt(operations) ? Fate.WRITTEN : fate(leads)) {
                case WRITTEN -> {
                    znodeVersion++;
                    version = versionAfter;
                    return true;
                }
                case NOT_WRITTEN_YET -> {}
                case NOT_OURS_TO_KNOW -> {
                    return false;
                }
            }
        }
        throw new IllegalStateException("ZooKeeper did not take a write of " + operations.size() + " operations in "
                + ATTEMPTS_MAX + " attempts");
    }

    /** Says whether another leader has taken over. False also when that cannot be found out. */
    boolean isDeposed() throws Exception {
        return look(new Stat()).epoch() != epoch();
    }

    private boolean attempt(List<CuratorOp> operations) throws Exception {
        try {
            transactions.commit(operations);
            return true;
        } catch (KeeperException.ConnectionLossException
                | KeeperException.OperationTimeoutException
                | KeeperException.SessionExpiredException
                | KeeperException.BadVersionException unknown) {
            return false;
        }
    }

    private Fate fate(BooleanSupplier leads) throws Exception {
        while (awaitConnection(leads)) {
            try {
                Stat stat = new Stat();
                if (look(stat).epoch() != epoch()) {
                    return Fate.NOT_OURS_TO_KNOW;
                }
                return stat.getVersion() == znodeVersion ? Fate.NOT_WRITTEN_YET : Fate.WRITTEN;
            } catch (KeeperException.ConnectionLossException | KeeperException.OperationTimeoutException again) {
                LOG.debug("Lost the connection again while looking after a write", again);
            }
        }
        return Fate.NOT_OURS_TO_KNOW;
    }

    private boolean awaitConnection(BooleanSupplier leads) throws InterruptedException {
        while (leads.getAsBoolean()) {
            if (client.blockUntilConnected(RECONNECT_LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    private EpochZnode look(Stat stat) throws Exception {
        return EpochZnode.decode(Text.of(client.getData().storingStatIn(stat).forPath(options.epochPath())));
    }

    private List<CuratorOp> operations(List<ZnodeStep> steps, long versionAfter) throws Exception {
        List<CuratorOp> operations = new ArrayList<>(steps.size() + 1);
        operations.add(client.transactionOp()
                .setData()
                .withVersion(znodeVersion)
                .forPath(options.epochPath(), Text.bytes(begun.at(versionAfter).encode())));
        for (ZnodeStep step : steps) {
            String path = options.root() + step.path();
            operations.add(
                    switch (step) {
                        case ZnodeStep.Create(String ignored, String text) ->
                            client.transactionOp().create().forPath(path, Text.bytes(text));
                        case ZnodeStep.Set(String ignored, String text) ->
                            client.transactionOp().setData().forPath(path, Text.bytes(text));
                        case ZnodeStep.Delete ignored ->
                            client.transactionOp().delete().forPath(path);
                    });
        }
        return operations;
    }
}
