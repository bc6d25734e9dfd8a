package io.millrace.cli.bench;

import io.millrace.cli.output.OutputOption;
import io.millrace.cli.session.Session;
import io.millrace.v1.Topic;
import io.millrace.v1.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** `millrace bench consume`: reads what is in the topic, over and over during the warm-up and once while it is measured. */
@Command(
        name = "consume",
        description = "Measure how fast the records of a topic are read, from its start to its end at most.")
final class BenchConsume implements Runnable {
    private final Session session;

    @Mixin
    private LoadOptions load = new LoadOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    BenchConsume(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        load.check();
        Topic topic = BenchTopic.existing(session, load.topic());
        int clients = Math.min(load.streams(), topic.getPartitionCount());
        Course course = load.begin();
        List<Workers.Work> works = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            List<TopicPartition> share = share(topic, client, clients);
            works.add(connection -> new ReadLoad(course, share).run(connection));
        }
        Measurement measured = new Workers(session).run(works);
        session.print(
                output.format(),
                new BenchReport("of a response, asked for to received", measured, course.measureFrom()).answer());
    }

    /** Every partition belongs to one client. */
    private static List<TopicPartition> share(Topic topic, int client, int clients) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = client; partition < topic.getPartitionCount(); partition += clients) {
            partitions.add(TopicPartition.newBuilder()
                    .setTopic(topic.getName())
                    .setPartition(partition)
                    .build());
        }
        return partitions;
    }
}
