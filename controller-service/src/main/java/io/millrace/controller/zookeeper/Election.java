package io.millrace.controller.zookeeper;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException;

/** What stands in the way of a member, and beside it, when it stands for election. */
final class Election {
    /** ZooKeeper numbers the candidates in the order of their coming, with ten digits at the end of the name. */
    private static final int NUMBER_DIGITS = 10;

    private Election() {}

    /**
     * Creates the root, and takes away the candidacies of the same member. What an earlier process of it left behind would
     * stay until its session has run out, and keep the member waiting for itself. Should the earlier process live after
     * all, it finds itself replaced.
     */
    static void prepare(CuratorFramework client, ZooKeeperLogOptions options, Candidacy self) throws Exception {
        createIfAbsent(client, options.root(), ZnodeTree.DIRECTORY);
        createIfAbsent(client, options.epochPath(), EpochZnode.NOBODY.encode());
        createIfAbsent(client, options.candidatesPath(), ZnodeTree.DIRECTORY);

        for (Found candidate : candidaciesOf(client, options, self.member())) {
            client.delete().quietly().forPath(candidate.path());
        }
    }

    /** How a process that stood for election finds itself there. */
    static Place placeOf(CuratorFramework client, ZooKeeperLogOptions options, Candidacy self) throws Exception {
        List<Found> found = candidaciesOf(client, options, self.member());
        if (found.isEmpty()) {
            return Place.MISSING;
        }
        // The latest process of a member is the one that counts: it may be the restart of one that was killed.
        return found.getLast().candidacy().equals(self) ? Place.QUEUED : Place.REPLACED;
    }

    private static List<Found> candidaciesOf(CuratorFramework client, ZooKeeperLogOptions options, String memberId)
            throws Exception {
        List<Found> found = new ArrayList<>();
        for (String name : client.getChildren().forPath(options.candidatesPath())) {
            String path = options.candidatesPath() + "/" + name;
            Found candidate = new Found(
                    path,
                    name.substring(Math.max(0, name.length() - NUMBER_DIGITS)),
                    Candidacy.decode(textOf(client, path)));
            if (memberId.equals(candidate.candidacy().member())) {
                found.add(candidate);
            }
        }
        found.sort(Comparator.comparing(Found::number));
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

    /** How a process stands in the election. */
    enum Place {
        QUEUED,
        /** It may be about to come, or its session has ended. */
        MISSING,
        /** A later process stands as the same member. */
        REPLACED
    }

    private record Found(String path, String number, Candidacy candidacy) {}
}
