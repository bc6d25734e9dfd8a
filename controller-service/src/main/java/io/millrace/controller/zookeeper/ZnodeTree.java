package io.millrace.controller.zookeeper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which znodes are there, as their only writer knows it: ZooKeeper has no "create or set" inside a transaction.
 * Directories appear with the first record below them and go with the last. Only looked up, never iterated.
 */
final class ZnodeTree {
    /** What a znode holds that holds no record. */
    static final String DIRECTORY = "";

    private final Map<String, Node> nodes = new HashMap<>();

    /** A tree of directories that stay. */
    ZnodeTree(List<String> directories) {
        directories.forEach(path -> nodes.put(path, new Node(true)));
    }

    /** Takes note of a znode that is there; its parent has been noted before. */
    void found(String path, boolean holdsRecord) {
        if (!nodes.containsKey(path)) {
            add(path, holdsRecord);
        }
    }

    /** The operations that put a record. */
    List<ZnodeStep> put(String path, String text) {
        Node node = nodes.get(path);
        if (node != null) {
            node.holdsRecord = true;
            return List.of(new ZnodeStep.Set(path, text));
        }
        List<ZnodeStep> steps = new ArrayList<>();
        createDirectory(parentOf(path), steps);
        add(path, true);
        steps.add(new ZnodeStep.Create(path, text));
        return steps;
    }

    /** The operations that remove a record; none when there is no such record. */
    List<ZnodeStep> remove(String path) {
        Node node = nodes.get(path);
        if (node == null || !node.holdsRecord) {
            return List.of();
        }
        node.holdsRecord = false;
        if (node.children > 0) {
            return List.of(new ZnodeStep.Set(path, DIRECTORY));
        }
        List<ZnodeStep> steps = new ArrayList<>();
        deleteUnused(path, steps);
        return steps;
    }

    private void createDirectory(String path, List<ZnodeStep> steps) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("A record lies outside the directories of the layout");
        }
        if (!nodes.containsKey(path)) {
            createDirectory(parentOf(path), steps);
            add(path, false);
            steps.add(new ZnodeStep.Create(path, DIRECTORY));
        }
    }

    private void deleteUnused(String path, List<ZnodeStep> steps) {
        Node node = nodes.get(path);
        if (node == null || node.stays || node.holdsRecord || node.children > 0) {
            return;
        }
        nodes.remove(path);
        steps.add(new ZnodeStep.Delete(path));
        Node parent = nodes.get(parentOf(path));
        if (parent != null) {
            parent.children--;
            deleteUnused(parentOf(path), steps);
        }
    }

    private void add(String path, boolean holdsRecord) {
        Node parent = nodes.get(parentOf(path));
        if (parent != null) {
            parent.children++;
        }
        Node node = new Node(false);
        node.holdsRecord = holdsRecord;
        nodes.put(path, node);
    }

    private static String parentOf(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** A znode that is there. */
    private static final class Node {
        private final boolean stays;
        private boolean holdsRecord;
        private int children;

        Node(boolean stays) {
            this.stays = stays;
        }
    }
}
