package io.millrace.gateway.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.environment.live.SystemClock;
import io.millrace.core.environment.live.ThreadEventLoops;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicPartition;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several threads append at once; answers come on further ones. */
class AppendGroupsThreadsTest {
    private static final int THREADS = 4;
    private static final int APPENDS = 5_000;

    private final ThreadEventLoops loops =
            new ThreadEventLoops("append-groups", THREADS + 1, (thread, bug) -> bug.printStackTrace(System.err));
    private final List<List<Integer>> arrived = IntStream.range(0, THREADS)
            .<List<Integer>>mapToObj(_ -> new ArrayList<>())
            .toList();
    private final AppendGroups groups =
            new AppendGroups(new HeldAppends(this::answerSoon), loops.all().getLast(), new SystemClock());

    @AfterEach
    void stop() {
        loops.close();
    }

    @Test
    void everyAppendIsAnsweredOnceAndEachPartitionKeepsItsOrder() {
        List<CompletableFuture<List<CompletableFuture<List<Outcome<Appended>>>>>> senders = IntStream.range(0, THREADS)
                .mapToObj(partition -> CompletableFuture.supplyAsync(
                        () -> appendAll(partition), loops.all().get(partition)::post))
                .toList();

        for (int partition = 0; partition < THREADS; partition++) {
            List<CompletableFuture<List<Outcome<Appended>>>> answers = done(senders.get(partition));
            for (int i = 0; i < APPENDS; i++) {
                assertThat(RoutedBrokersTest.offset(done(answers.get(i)).getFirst()))
                        .isEqualTo(i);
            }
            assertThat(arrived.get(partition))
                    .isEqualTo(IntStream.range(0, APPENDS).boxed().toList());
        }
    }

    private List<CompletableFuture<List<Outcome<Appended>>>> appendAll(int partition) {
        return IntStream.range(0, APPENDS)
                .mapToObj(number -> groups.append(new AppendRequest(
                        List.of(new AppendRequest.Part(
                                new TopicPartition("orders", partition), number, ByteBuffer.allocate(100))),
                        Acks.ALL,
                        Duration.ofMinutes(1))))
                .toList();
    }

    /** The number of an append stands where its leader epoch would. One call at a time is made, so the lists need no lock. */
    private CompletableFuture<List<Outcome<Appended>>> answerSoon(AppendRequest request) {
        List<Outcome<Appended>> outcomes = new ArrayList<>();
        for (AppendRequest.Part part : request.parts()) {
            int number = part.expectedLeaderEpoch();
            arrived.get(part.partition().partition()).add(number);
            outcomes.add(Outcome.done(new Appended(number, number, -1, 0)));
        }
        return CompletableFuture.supplyAsync(() -> outcomes, loops.all().getFirst()::post);
    }

    private static <T> T done(CompletableFuture<T> answer) {
        return answer.orTimeout(60, TimeUnit.SECONDS).join();
    }
}
