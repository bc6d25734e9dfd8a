package io.millrace.controller.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.statemachine.LogMember;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EpochFencedWriterTest {
    private static final ZooKeeperLogOptions OPTIONS = ZooKeeperLogOptions.of(ZooKeeperLogOptions.WRITE_BYTES_MAX);
    private static final EpochZnode BEGUN = new EpochZnode(4, 10, "me", "me.example", 19093);
    private static final List<ZnodeStep> CREATE_A = List.of(new ZnodeStep.Create("/a", "1"));

    private ZooKeeperFixture zooKeeper;
    private CuratorFramework client;
    private int attempts;

    @BeforeEach
    void startZooKeeper() throws Exception {
        zooKeeper = new ZooKeeperFixture();
        client = zooKeeper.client();
        client.create().forPath("/millrace", Text.bytes(""));
        client.create().forPath("/millrace/controller", Text.bytes(BEGUN.encode()));
    }

    @AfterEach
    void stopZooKeeper() throws Exception {
        zooKeeper.close();
    }

    @Test
    void aWriteSetsTheEpochZnodeInTheSameTransaction() throws Exception {
        EpochFencedWriter writer = writer(this::commit);

        assertThat(writer.write(CREATE_A, true, () -> true)).isTrue();

        assertThat(textOf("/millrace/a")).isEqualTo("1");
        assertThat(textOf("/millrace/controller"))
                .isEqualTo("{\"epoch\":4,\"version\":11,\"leader\":\"me\",\"host\":\"me.example\",\"port\":19093}");
    }

    @Test
    void aPartBeforeTheLastLeavesTheVersion() throws Exception {
        EpochFencedWriter writer = writer(this::commit);

        assertThat(writer.write(CREATE_A, false, () -> true)).isTrue();

        assertThat(textOf("/millrace/controller")).contains("\"version\":10");
    }

    @Test
    void aWriteWhoseAnswerWasLostIsRecognised() throws Exception {
        EpochFencedWriter writer = writer(operations -> {
            attempts++;
            commit(operations);
            throw new KeeperException.ConnectionLossException();
        });

        assertThat(writer.write(CREATE_A, true, () -> true)).isTrue();

        assertThat(attempts).isEqualTo(1);
        assertThat(writer.version()).isEqualTo(11);
    }

    @Test
    void aWriteThatWasLostItselfIsWrittenAgain() throws Exception {
        EpochFencedWriter writer = writer(operations -> {
            if (attempts++ == 0) {
                throw new KeeperException.ConnectionLossException();
            }
            commit(operations);
        });

        assertThat(writer.write(CREATE_A, true, () -> true)).isTrue();

        assertThat(attempts).isEqualTo(2);
        assertThat(textOf("/millrace/a")).isEqualTo("1");
    }

    @Test
    void aWriteThatArrivesAfterItWasLookedForHappensOnce() throws Exception {
        EpochFencedWriter writer = writer(operations -> {
            if (attempts++ == 0) {
                throw new KeeperException.ConnectionLossException();
            }
            commit(operations); // the one that was thought lost
            commit(operations);
        });

        assertThat(writer.write(CREATE_A, true, () -> true)).isTrue();

        assertThat(writer.version()).isEqualTo(11);
        assertThat(writer.write(List.of(new ZnodeStep.Set("/a", "2")), true, () -> true))
                .as("the writer knows the version that the epoch znode has")
                .isTrue();
    }

    @Test
    void aDeposedWriterWritesNothing() throws Exception {
        EpochFencedWriter writer = writer(this::commit);
        client.setData()
                .forPath(
                        "/millrace/controller",
                        Text.bytes(BEGUN.next(new LogMember("other", "", 0)).encode()));

        assertThat(writer.write(CREATE_A, true, () -> true)).isFalse();

        assertThat(client.checkExists().forPath("/millrace/a")).isNull();
        assertThat(writer.isDeposed()).isTrue();
    }

    @Test
    void aTreeThatSomebodyElseChangedIsAnError() throws Exception {
        client.create().forPath("/millrace/a", Text.bytes("by hand"));
        EpochFencedWriter writer = writer(this::commit);

        assertThatThrownBy(() -> writer.write(CREATE_A, true, () -> true))
                .isInstanceOf(KeeperException.NodeExistsException.class);

        assertThat(textOf("/millrace/controller")).contains("\"version\":10");
    }

    @Test
    void aWriteThatIsDroppedEachTimeIsGivenUp() {
        assertThatThrownBy(() -> writer(operations -> {
                            throw new KeeperException.ConnectionLossException();
                        })
                        .write(CREATE_A, true, () -> true))
                .isInstanceOf(IllegalStateException.class);
    }

    private EpochFencedWriter writer(EpochFencedWriter.Transactions transactions) throws Exception {
        int znodeVersion = client.checkExists().forPath("/millrace/controller").getVersion();
        return new EpochFencedWriter(client, transactions, OPTIONS, BEGUN, znodeVersion);
    }

    private void commit(List<CuratorOp> operations) throws Exception {
        client.transaction().forOperations(operations);
    }

    private String textOf(String path) throws Exception {
        return Text.of(client.getData().forPath(path));
    }
}
