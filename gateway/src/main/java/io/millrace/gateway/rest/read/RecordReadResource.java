package io.millrace.gateway.rest.read;

import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.read.RecordReader;
import io.millrace.gateway.rest.cluster.ClusterPath;
import io.millrace.gateway.rest.problem.Problem;
import io.millrace.gateway.rest.problem.ProblemKind;
import io.millrace.gateway.rest.problem.Refusals;
import io.millrace.gateway.rest.query.PlainValues;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Reads records of a topic or a partition; the Accept header says in which form. Nothing is kept about the reader. */
@RestController
public final class RecordReadResource {
    private final ClusterPath path;
    private final JsonMapper json;
    private final PageAnswer pages;
    private final RecordStream streams;
    private final Duration waitMax;
    private final Duration keepAlive;

    /**
     * Serves reads.
     *
     * @param waitMax the longest wait of a page
     * @param keepAlive the longest silence of a stream
     */
    public RecordReadResource(
            ClusterPath path,
            RecordReader reader,
            OpenStreams open,
            JsonMapper json,
            Duration waitMax,
            Duration keepAlive) {
        RecordSource source = new RecordSource(reader, open);
        this.path = path;
        this.json = json;
        this.pages = new PageAnswer(source, json);
        this.streams = new RecordStream(source, open);
        this.waitMax = waitMax;
        this.keepAlive = keepAlive;
    }

    @GetMapping("/v3/clusters/{clusterId}/topics/{topicName}/records")
    void ofTopic(
            @PathVariable String clusterId,
            @PathVariable String topicName,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        TopicImage topic = path.topic(path.cluster(clusterId), topicName);
        List<TopicPartition> partitions = topic.partitions().stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .toList();
        answer(new ReadTarget(topic.name(), partitions), request, response);
    }

    @GetMapping("/v3/clusters/{clusterId}/topics/{topicName}/partitions/{partitionId}/records")
    void ofPartition(
            @PathVariable String clusterId,
            @PathVariable String topicName,
            @PathVariable String partitionId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        TopicImage topic = path.topic(path.cluster(clusterId), topicName);
        OptionalInt partition = PlainValues.partition(partitionId);
        if (partition.isEmpty()) {
            throw Problem.of(
                            ProblemKind.INVALID_REQUEST,
                            "'" + PlainValues.shortened(partitionId) + "' is no partition number, which is 0 or more.")
                    .asException();
        }
        TopicPartition one = new TopicPartition(topic.name(), partition.getAsInt());
        if (topic.partition(one.partition()).isEmpty()) {
            throw Refusals.problemOf(
                            new Refusal.UnknownPartition(one, topic.partitions().size()))
                    .asException();
        }
        answer(new ReadTarget(topic.name(), List.of(one)), request, response);
    }

    private void answer(ReadTarget target, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        switch (AnswerForm.of(request.getHeader("Accept"))) {
            case PAGE -> pages.write(target, ReadOptions.ofPage(request, waitMax), request, response);
            case EVENTS ->
                streams.write(
                        target,
                        ReadOptions.ofStream(request, keepAlive),
                        new ServerSentEvents(response.getOutputStream(), json),
                        response);
            case LINES ->
                streams.write(
                        target,
                        ReadOptions.ofStream(request, keepAlive),
                        new RecordLines(response.getOutputStream(), json),
                        response);
        }
    }
}
