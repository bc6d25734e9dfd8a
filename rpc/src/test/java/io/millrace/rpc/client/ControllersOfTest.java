package io.millrace.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.twin.InMemoryController;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** Two controllers over one memory, in servers of their own, and clients of them. */
abstract class ControllersOfTest {
    /** Impatient where a test waits for the end of patience, patient where it waits for an answer. */
    static final ControllerClientOptions IMPATIENT = new ControllerClientOptions(
            Duration.ofSeconds(20),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofMillis(10),
            Duration.ofSeconds(5),
            4 << 20);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final InMemoryController memory = InMemoryController.withBroker();
    final CastController first = new CastController("controller-1", memory);
    final CastController second = new CastController("controller-2", memory);
    private final List<ControllerProcess> processes = new ArrayList<>();
    private final List<ControllerClient> clients = new ArrayList<>();
    final ControllerProcess firstProcess = started(first);
    final ControllerProcess secondProcess = started(second);

    @AfterEach
    void stop() throws InterruptedException {
        clients.forEach(ControllerClient::close);
        for (ControllerProcess process : processes) {
            process.stop();
        }
    }

    final ControllerProcess started(CastController controller) {
        return kept(ControllerProcess.start(controller, controller.id()));
    }

    /** The same controller again where it was, as after a restart. */
    final ControllerProcess restarted(CastController controller, ControllerProcess before) {
        return kept(ControllerProcess.start(
                controller, controller.id(), before.address().port()));
    }

    final ControllerClient clientOf(ControllerProcess... bootstrap) {
        return clientOf(IMPATIENT, bootstrap);
    }

    final ControllerClient clientOf(ControllerClientOptions options, ControllerProcess... bootstrap) {
        ControllerClient client = new ControllerClient(
                Stream.of(bootstrap).map(ControllerProcess::address).toList(),
                null,
                options,
                new NettyControllerChannels(options));
        clients.add(client);
        return client;
    }

    static CreateTopicRequest topic(String name) {
        return new CreateTopicRequest(name, 1, 1, Map.of(), false);
    }

    static <T> T done(CompletableFuture<Outcome<T>> answer) throws Exception {
        return switch (answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(Refusal refusal) -> throw new AssertionError(refusal.message());
        };
    }

    static <T> Refusal refusal(CompletableFuture<Outcome<T>> answer) throws Exception {
        return switch (answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            case Outcome.Done<T>(T value) -> throw new AssertionError("Not refused: " + value);
            case Outcome.Refused<T>(Refusal refusal) -> refusal;
        };
    }

    static void awaitUntil(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time for " + what).isLessThan(deadline);
            Thread.sleep(2);
        }
    }

    static void awaitFollowing(ControllerApi client, CastController controller) throws InterruptedException {
        awaitUntil("following " + controller.id(), () -> {
            var active = client.standing().active();
            return active != null && active.id().equals(controller.id());
        });
    }

    private ControllerProcess kept(ControllerProcess process) {
        processes.add(process);
        return process;
    }
}
