package io.millrace.simulation.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.environment.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    private final Scheduler scheduler = new Scheduler(1);
    private final Machine machine = new Machine(scheduler, "m");
    private final SimProcess process = machine.start("p");
    private final EventLoop loop = process.loop("loop");
    private final List<String> done = new ArrayList<>();

    @Test
    void a_loop_runs_its_tasks_in_the_order_of_their_posting() {
        for (int i = 0; i < 10; i++) {
            int number = i;
            loop.post(() -> done.add("task " + number));
        }

        scheduler.runFor(Duration.ofSeconds(1));

        assertThat(done).hasSize(10).isSorted();
    }

    @Test
    void tasks_of_several_loops_at_one_moment_come_in_an_order_that_the_seed_decides() {
        Set<List<String>> orders = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            assertThat(orderOfThree(seed)).isEqualTo(orderOfThree(seed));
            orders.add(orderOfThree(seed));
        }

        assertThat(orders).hasSizeGreaterThan(3);
    }

    private static List<String> orderOfThree(int seed) {
        Scheduler scheduler = new Scheduler(seed);
        SimProcess process = new Machine(scheduler, "m").start("p");
        List<String> order = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            process.loop(name).post(() -> order.add(name));
        }
        scheduler.runFor(Duration.ofSeconds(1));
        return order;
    }

    @Test
    void a_timer_fires_at_its_time_unless_it_is_cancelled() {
        loop.schedule(Duration.ofSeconds(2), () -> done.add("due"));
        loop.schedule(Duration.ofSeconds(1), () -> done.add("cancelled")).cancel();

        scheduler.runFor(Duration.ofMillis(1_999));
        assertThat(done).isEmpty();
        scheduler.runFor(Duration.ofMillis(2));

        assertThat(done).containsExactly("due");
    }

    @Test
    void nothing_of_a_killed_process_runs_any_more() {
        Executor workers = process.workers("w", WorkTime.of(Duration.ofMillis(1), Duration.ofMillis(1), 1));
        loop.post(() -> done.add("posted"));
        loop.schedule(Duration.ofMillis(1), () -> done.add("due"));
        workers.execute(() -> done.add("worked"));

        process.kill();
        loop.post(() -> done.add("posted later"));
        scheduler.runFor(Duration.ofSeconds(1));

        assertThat(done).isEmpty();
    }

    @Test
    void everything_of_a_paused_process_runs_late() {
        Executor workers = process.workers("w", WorkTime.of(Duration.ofMillis(1), Duration.ofMillis(1), 1));
        process.pause();
        loop.post(() -> done.add("posted"));
        loop.schedule(Duration.ofMillis(1), () -> done.add("due"));
        workers.execute(() -> done.add("worked"));
        scheduler.runFor(Duration.ofSeconds(1));
        assertThat(done).isEmpty();

        process.resume();
        scheduler.runFor(Duration.ofSeconds(1));

        assertThat(done).containsExactlyInAnyOrder("posted", "due", "worked");
    }

    @Test
    void a_clock_that_drifts_takes_its_timers_along() {
        machine.drift(100_000);
        loop.schedule(Duration.ofSeconds(11), () -> done.add("due"));

        scheduler.runFor(Duration.ofMillis(9_900));
        assertThat(done).isEmpty();
        scheduler.runFor(Duration.ofMillis(200));

        assertThat(done).containsExactly("due");
        assertThat(machine.clock().nanoTime())
                .isGreaterThanOrEqualTo(Duration.ofSeconds(11).toNanos());
    }

    @Test
    void a_bug_in_a_task_ends_the_run() {
        loop.post(() -> {
            throw new IllegalStateException("a bug");
        });
        loop.post(() -> done.add("later"));

        assertThat(scheduler.runFor(Duration.ofSeconds(1))).isFalse();

        assertThat(scheduler.failure()).isNotNull();
        assertThat(done).isEmpty();
    }
}
