package io.millrace.controller.zookeeper;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.BackgroundCallback;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.zookeeper.KeeperException;

/** Reads whole trees, level by level, with many requests under way at once. */
final class ZnodeReader {
    /** Requests under way at once. */
    private static final int REQUESTS_MAX = 1_000;

    private final CuratorFramework client;

    ZnodeReader(CuratorFramework client) {
        this.client = client;
    }

    /** Hands over path and text of every znode below a directory, parents before their children. Blocks. */
    void readBelow(String directory, BiConsumer<String, String> taker) throws Exception {
        List<String> level = childrenOf(List.of(directory));
        while (!level.isEmpty()) {
            List<String> parents = new ArrayList<>();
            for (CuratorEvent event : ask(level, this::askData)) {
                taker.accept(event.getPath(), Text.of(event.getData()));
                if (event.getStat().getNumChildren() > 0) {
                    parents.add(event.getPath());
                }
            }
            level = childrenOf(parents);
        }
    }

    private List<String> childrenOf(List<String> parents) throws Exception {
        List<String> children = new ArrayList<>();
        for (CuratorEvent event : ask(parents, this::askChildren)) {
            event.getChildren().forEach(child -> children.add(event.getPath() + "/" + child));
        }
        return children;
    }

    private static List<CuratorEvent> ask(List<String> paths, Request request) throws Exception {
        List<CuratorEvent> answers = new ArrayList<>(paths.size());
        for (int from = 0; from < paths.size(); from += REQUESTS_MAX) {
            List<CompletableFuture<CuratorEvent>> pending = new ArrayList<>();
            for (String path : paths.subList(from, Math.min(paths.size(), from + REQUESTS_MAX))) {
                CompletableFuture<CuratorEvent> answer = new CompletableFuture<>();
                request.send(path, (client, event) -> complete(answer, event));
                pending.add(answer);
            }
            for (CompletableFuture<CuratorEvent> answer : pending) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    private static void complete(CompletableFuture<CuratorEvent> answer, CuratorEvent event) {
        KeeperException.Code code = KeeperException.Code.get(event.getResultCode());
        if (code == KeeperException.Code.OK) {
            answer.complete(event);
        } else {
            answer.completeExceptionally(KeeperException.create(code, event.getPath()));
        }
    }

    private void askData(String path, BackgroundCallback answer) throws Exception {
        client.getData().inBackground(answer).forPath(path);
    }

    private void askChildren(String path, BackgroundCallback answer) throws Exception {
        client.getChildren().inBackground(answer).forPath(path);
    }

    /** Sends one request; the answer comes to the callback. */
    private interface Request {
        void send(String path, BackgroundCallback answer) throws Exception;
    }
}
