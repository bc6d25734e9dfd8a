package io.millrace.cli.topic;

import io.millrace.cli.output.OutputOption;
import io.millrace.cli.session.Session;
import io.millrace.v1.GetTopicRequest;
import io.millrace.v1.Topic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** `millrace topic describe`. */
@Command(name = "describe", description = "Show a topic with its configs, partitions, offsets and sizes.")
final class TopicDescribe implements Runnable {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The topic.")
    private String name = "";

    @Mixin
    private OutputOption output = new OutputOption();

    TopicDescribe(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Topic topic = session.ask(connection -> connection
                .topics()
                .getTopic(GetTopicRequest.newBuilder().setName(name).build())
                .getTopic());
        session.print(output.format(), TopicAnswer.one(topic));
    }
}
