package io.millrace.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PictureCursorTest {
    private static final String CLUSTER = "cluster";

    private ClusterImage image = ClusterImage.empty(CLUSTER);
    private final PictureHistory history = new PictureHistory(image, ControllerEndpointOptions.DEFAULTS);

    @Test
    void whoHasGotEverythingDoesNotLag() {
        change();

        assertThat(PictureCursor.of(CLUSTER, 1, history).lag(history)).isZero();
    }

    @Test
    void eachChangeThatIsNotSentCounts() {
        PictureCursor cursor = PictureCursor.of(CLUSTER, 0, history);

        change();
        change();
        change();
        long before = cursor.lag(history);
        assertThat(cursor.next(history)).isPresent();

        assertThat(before).isEqualTo(3);
        assertThat(cursor.lag(history)).isEqualTo(2);
    }

    @Test
    void whoHasNothingLagsByEverything() {
        change();
        change();

        PictureCursor cursor = PictureCursor.of("another cluster", 2, history);

        assertThat(cursor.lag(history)).isEqualTo(2);
    }

    private void change() {
        BrokerImage broker = new BrokerImage(0, new UUID(0, 1), image.version() + 1, null, List.of(), true);
        ClusterDelta delta = new ClusterDelta(image.version() + 1, 1, List.of(new MetadataChange.Put(broker)));
        image = image.apply(delta);
        history.add(delta, image);
    }
}
