package io.millrace.controller.zookeeper;

import java.util.ArrayList;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException;

/** What must be there before a member can stand for election. */
final class Election {
    private Election() {}

    /**
     * Creates the root, and takes away a candidacy that an earlier process of this member left behind. That one would
     * stay until its session has run out, and keep the member waiting for itself. Should the earlier process live
     * after all, nothing is lost: it finds itself deposed and queues again.
     */
    static void prepare(CuratorFramework client, ZooKeeperLogOptions options, String memberId) throws Exception {
        createIfAbsent(client, options.root(), ZnodeTree.DIRECTORY);
        createIfAbsent(client, options.epochPath(), EpochZnode.NOBODY.encode());
        createIfAbsent(client, options.candidatesPath(), ZnodeTree.DIRECTORY);

        for (String candidate : candidaciesOf(client, options, memberId)) {
            client.delete().quietly().forPath(candidate);
        }
    }

    /** The znodes with which a member stands for election: one, while all is well. */
    static List<String> candidaciesOf(CuratorFramework client, ZooKeeperLogOptions options, String memberId)
            throws Exception {
        List<String> found = new ArrayList<>();
        for (String name : client.getChildren().forPath(options.candidatesPath())) {
            String candidate = options.candidatesPath() + "/" + name;
            if (textOf(client, candidate).equals(memberId)) {
                found.add(candidate);
            }
        }
        return found;
    }

    private static String textOf(CuratorFramework client, String path) throws Exception {
        try {
            return Text.of(client.getData().forPath(path));
        } catch (KeeperException.NoNodeException goneMeanwhile) {
            return ZnodeTree.DIRECTORY;
        }
    }

    /** Creates a znode whose parent is there. */
    static void createIfAbsent(CuratorFramework client, String path, String text) throws Exception {
        try {
            client.create().forPath(path, Text.bytes(text));
        } catch (KeeperException.NodeExistsException present) {
            return;
        }
    }
}
