package io.millrace.broker.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectoryContentsTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final TopicId TOPIC = new TopicId(new UUID(1, 2));

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final DirectoryContents contents = new DirectoryContents(disk, Path.of("/data"));

    @BeforeEach
    void anEmptyDirectory() throws IOException {
        contents.createDirectory();
    }

    @Test
    void aReplicaThatIsTakenAwayTwiceIsBuriedInTwoPlaces() throws IOException {
        Path first = contents.bury(contents.create(ORDERS, TOPIC));
        Path second = contents.bury(contents.create(ORDERS, TOPIC));

        assertThat(contents.buried()).containsExactly(first, second);
        contents.delete(first);
        assertThat(contents.buried()).containsExactly(second);
        contents.delete(second);
        assertThat(contents.buried()).isEmpty();
    }
}
