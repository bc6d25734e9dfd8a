package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFilesTest {
    @TempDir
    Path folder;

    @Test
    void aLimitOfOpenFilesAllowsSoManyPartitionsThatTheirFilesFitTwice() {
        assertThat(OpenFiles.partitionsFor(20_000)).isEqualTo(2_000);
        assertThat(OpenFiles.partitionsFor(1)).isEqualTo(1);
        assertThat(OpenFiles.partitionsFor(Long.MAX_VALUE)).isEqualTo(5_000);
    }

    @Test
    void morePartitionsThanTheProcessCanHoldAreRefused() throws Exception {
        try (Standalone millrace = Standalone.start(TestOptions.in(folder.resolve("data")))) {
            Readiness.await(millrace);
            ControllerApi controller = millrace.context().getBean(ControllerApi.class);

            var outcome = controller
                    .createTopic(new CreateTopicRequest("huge", 5_001, 1, Map.of(), false))
                    .join();

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.InvalidPartitionCount.class));
        }
    }
}
