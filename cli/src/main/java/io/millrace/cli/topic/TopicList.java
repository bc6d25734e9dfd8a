package io.millrace.cli.topic;

import com.google.protobuf.FieldMask;
import io.millrace.cli.output.OutputOption;
import io.millrace.cli.session.Connection;
import io.millrace.cli.session.Session;
import io.millrace.v1.ListTopicsRequest;
import io.millrace.v1.ListTopicsResponse;
import io.millrace.v1.Topic;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `millrace topic list`. */
@Command(name = "list", description = "Show the topics there are.")
final class TopicList implements Runnable {
    private static final int PAGE_SIZE = 500;
    private static final FieldMask FIELDS = FieldMask.newBuilder()
            .addPaths("name")
            .addPaths("internal")
            .addPaths("partition_count")
            .addPaths("replication_factor")
            .addPaths("configs")
            .build();

    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "PATTERN",
            description = "Only names that fit: * stands for any characters, ? for one.")
    private String pattern = "";

    @Option(names = "--internal", description = "Also those where the platform keeps its own state.")
    private boolean internal;

    @Mixin
    private OutputOption output = new OutputOption();

    TopicList(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        session.print(output.format(), TopicAnswer.list(session.ask(this::everyPage)));
    }

    private List<Topic> everyPage(Connection connection) {
        List<Topic> topics = new ArrayList<>();
        String page = "";
        do {
            ListTopicsResponse response = connection
                    .topics()
                    .listTopics(ListTopicsRequest.newBuilder()
                            .setNamePattern(pattern)
                            .setIncludeInternal(internal)
                            .setPageSize(PAGE_SIZE)
                            .setPageToken(page)
                            .setReadMask(FIELDS)
                            .build());
            topics.addAll(response.getTopicsList());
            page = response.getNextPageToken();
        } while (!page.isEmpty());
        return topics;
    }
}
