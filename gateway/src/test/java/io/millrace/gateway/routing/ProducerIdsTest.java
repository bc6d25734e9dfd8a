package io.millrace.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.ProducerIdBlock;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.twin.ForwardingController;
import io.millrace.core.api.twin.InMemoryController;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProducerIdsTest {
    private static final Refusal AWAY = new Refusal.ControllerNotAvailable("Nobody decides.");

    private final HeldController controller = new HeldController();
    private final ProducerIds ids = new ProducerIds(controller);

    @Test
    void everybodyWhoWaitsGetsAnIdOfHisOwnFromOneBlock() {
        List<CompletableFuture<Outcome<Long>>> answers =
                IntStream.range(0, 100).mapToObj(_ -> ids.next()).toList();

        assertThat(answers).noneMatch(CompletableFuture::isDone);
        assertThat(controller.asked).hasSize(1);
        controller.give();

        Set<Long> given = new HashSet<>();
        answers.forEach(answer -> given.add(id(answer)));
        assertThat(given).hasSize(100);
    }

    @Test
    void aBlockThatIsUsedUpIsFollowedByAnother() {
        List<CompletableFuture<Outcome<Long>>> answers = IntStream.range(0, 2 * ProducerIds.BLOCK + 1)
                .mapToObj(_ -> ids.next())
                .toList();
        controller.give();
        controller.give();
        controller.give();

        Set<Long> given = new HashSet<>();
        answers.forEach(answer -> given.add(id(answer)));
        assertThat(given).hasSize(answers.size());
        assertThat(controller.asked).hasSize(3);
    }

    @Test
    void aRefusalIsPassedOnAndTheNextOneAsksAgain() {
        CompletableFuture<Outcome<Long>> unlucky = ids.next();
        controller.asked.getLast().complete(Outcome.refused(AWAY));
        CompletableFuture<Outcome<Long>> lucky = ids.next();
        controller.give();

        assertThat(unlucky.join()).isEqualTo(Outcome.refused(AWAY));
        assertThat(id(lucky)).isNotNegative();
    }

    @Test
    void threadsNeverGetTheSameId() throws Exception {
        ProducerIds shared = new ProducerIds(new InMemoryController());
        Set<Long> given = ConcurrentHashMap.newKeySet();
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(_ -> Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        given.add(id(shared.next()));
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(given).hasSize(20_000);
    }

    private static long id(CompletableFuture<Outcome<Long>> answer) {
        return switch (answer.join()) {
            case Outcome.Done<Long>(Long id) -> id;
            case Outcome.Refused<Long>(Refusal refusal) -> throw new AssertionError(refusal.message());
        };
    }

    /** Answers when it is told to. */
    private static final class HeldController extends ForwardingController {
        final List<CompletableFuture<Outcome<ProducerIdBlock>>> asked = new ArrayList<>();

        HeldController() {
            super(new InMemoryController());
        }

        @Override
        public CompletableFuture<Outcome<ProducerIdBlock>> allocateProducerIds(int count) {
            asked.add(new CompletableFuture<>());
            return asked.getLast();
        }

        void give() {
            long number = asked.size();
            asked.getLast().complete(Outcome.done(new ProducerIdBlock(number * ProducerIds.BLOCK, ProducerIds.BLOCK)));
        }
    }
}
