package io.millrace.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.simulation.schedule.Machine;
import io.millrace.simulation.schedule.Scheduler;
import io.millrace.simulation.schedule.SimProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final Address SERVER = new Address("there", 1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Scheduler scheduler = new Scheduler(3);
    private final Network network = new Network(scheduler, NetworkTimes.DEFAULTS);
    private final Machine here = new Machine(scheduler, "here");
    private final Machine there = new Machine(scheduler, "there");
    private final SimProcess client = here.start("client");
    private final SimProcess server = there.start("server");
    private final Channel channel = network.channel(client, SERVER);
    private final Counter counter = new Counter();

    NetworkTest() {
        network.listen(server, SERVER.port()).offer(Counter.class, counter);
    }

    /** What the server does. */
    private static final class Counter {
        private int count;

        CompletableFuture<Integer> next() {
            return CompletableFuture.completedFuture(++count);
        }
    }

    @Test
    void a_question_is_answered_after_some_time() {
        CompletableFuture<Integer> answer = ask();

        scheduler.runFor(Duration.ofSeconds(1));

        assertThat(answer).isCompletedWithValue(1);
    }

    @Test
    void a_question_to_where_nobody_listens_was_never_sent() {
        server.kill();

        assertThat(reasonOf(ask())).isEqualTo(CallFailedException.Reason.NOT_SENT);
    }

    @Test
    void when_the_way_back_is_cut_the_question_is_carried_out_and_its_answer_lost() {
        var _ = ask();
        scheduler.runFor(Duration.ofSeconds(1));
        network.cut(there, here);

        CallFailedException.Reason reason = reasonOf(ask());

        assertThat(reason).isEqualTo(CallFailedException.Reason.LOST);
        assertThat(counter.count).isEqualTo(2);
    }

    @Test
    void what_was_held_up_by_a_short_cut_arrives_when_it_is_over() {
        var _ = ask();
        scheduler.runFor(Duration.ofSeconds(1));
        network.cut(here, there);
        CompletableFuture<Integer> answer = ask();
        scheduler.runFor(Duration.ofSeconds(1));
        assertThat(answer).isNotDone();

        network.heal(here, there);
        scheduler.runFor(Duration.ofSeconds(1));

        assertThat(answer).isCompletedWithValue(2);
    }

    @Test
    void a_question_under_way_is_lost_when_the_other_process_dies() {
        var _ = ask();
        scheduler.runFor(Duration.ofSeconds(1));
        CompletableFuture<Integer> answer = ask();
        server.kill();

        assertThat(reasonOf(answer)).isEqualTo(CallFailedException.Reason.LOST);
        assertThat(counter.count).isEqualTo(1);
    }

    @Test
    void both_ends_of_a_stream_hear_of_a_reset() {
        List<String> heard = new ArrayList<>();
        Outbound<String> out =
                channel.open(Counter.class, (service, back) -> listener("there", heard), listener("here", heard));
        out.send("hello", 5, "hello");
        scheduler.runFor(Duration.ofSeconds(1));

        network.reset(here, there);
        scheduler.runFor(Duration.ofSeconds(1));

        assertThat(heard).containsExactlyInAnyOrder("there: hello", "there ended", "here ended");
    }

    @Test
    void a_stream_keeps_the_order_of_its_messages() {
        List<String> heard = new ArrayList<>();
        Outbound<String> out =
                channel.open(Counter.class, (service, back) -> listener("there", heard), listener("here", heard));
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            out.send("number", 8, "n" + i);
            sent.add("there: n" + i);
            if (i == 20) {
                scheduler.runFor(Duration.ofMillis(2));
                network.cut(here, there);
            }
        }
        scheduler.runFor(Duration.ofMillis(500));
        network.heal(here, there);
        scheduler.runFor(Duration.ofSeconds(1));

        assertThat(heard).isEqualTo(sent);
    }

    private static Inbound<String> listener(String who, List<String> heard) {
        return new Inbound<>() {
            @Override
            public void onMessage(String message) {
                heard.add(who + ": " + message);
            }

            @Override
            public void onEnd(String why) {
                heard.add(who + " ended");
            }
        };
    }

    private CompletableFuture<Integer> ask() {
        return channel.ask(new Call<>("next", 8, Counter.class, Counter::next, _ -> 8, false), PATIENCE);
    }

    private CallFailedException.Reason reasonOf(CompletableFuture<Integer> answer) {
        scheduler.runFor(Duration.ofSeconds(20));
        assertThat(scheduler.failure()).isNull();
        assertThat(answer).isCompletedExceptionally();
        assertThatThrownBy(answer::join).isInstanceOf(CompletionException.class);
        return ((CallFailedException) answer.exceptionNow()).reason();
    }
}
