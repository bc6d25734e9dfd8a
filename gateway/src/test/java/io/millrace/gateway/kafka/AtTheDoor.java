package io.millrace.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests with one client at a door, and a topic. Each of them fails when the door has met a bug. */
public abstract class AtTheDoor {
    protected TestDoor door;
    protected FrameClient client;
    protected String topic;
    private final int partitions;

    /** With a topic of so many partitions. */
    protected AtTheDoor(int partitions) {
        this.partitions = partitions;
    }

    @BeforeEach
    final void openTheDoor() throws IOException {
        door = TestDoor.open();
        client = door.connect();
        topic = door.newTopic(partitions);
    }

    @AfterEach
    final void closeTheDoor() throws IOException {
        client.close();
        door.close();
        assertThat(door.bugs()).isEmpty();
    }
}
