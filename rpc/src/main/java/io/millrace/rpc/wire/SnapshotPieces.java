package io.millrace.rpc.wire;

import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.ProducerIdsRecord;
import io.millrace.internal.v1.ClusterSnapshotPiece;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A whole picture, cut into messages of a bounded size. */
public final class SnapshotPieces {
    private SnapshotPieces() {}

    /** At least one piece; each has at most that many bytes of facts, or a single fact. */
    public static List<ClusterSnapshotPiece> encode(ClusterImage image, int pieceBytesMax) {
        List<ClusterSnapshotPiece> pieces = new ArrayList<>();
        ClusterSnapshotPiece.Builder piece = begin(image);
        long bytes = 0;
        for (MetadataRecord fact : (Iterable<MetadataRecord>) facts(image)::iterator) {
            io.millrace.internal.v1.MetadataRecord encoded = MetadataFacts.encode(fact);
            if (bytes > 0 && bytes + encoded.getSerializedSize() > pieceBytesMax) {
                pieces.add(piece.build());
                piece = begin(image);
                bytes = 0;
            }
            piece.addFacts(encoded);
            bytes += encoded.getSerializedSize();
        }
        pieces.add(piece.setLast(true).build());
        return pieces;
    }

    private static ClusterSnapshotPiece.Builder begin(ClusterImage image) {
        return ClusterSnapshotPiece.newBuilder()
                .setClusterId(image.clusterId())
                .setVersion(image.version())
                .setControllerEpoch(image.controllerEpoch());
    }

    /** All that the picture is made of, also what does not show, as topics of which a part is missing. */
    private static Stream<MetadataRecord> facts(ClusterImage image) {
        return Stream.of(
                        image.brokers().values().stream(),
                        image.assembly().topics().values().stream(),
                        image.assembly().partitions().values().stream()
                                .flatMap(partitions -> partitions.values().stream()),
                        image.deletedTopics().values().stream(),
                        producerIds(image),
                        image.quotas().all().stream())
                .flatMap(facts -> facts.map(MetadataRecord.class::cast));
    }

    private static Stream<ProducerIdsRecord> producerIds(ClusterImage image) {
        return image.nextProducerId() == 0 ? Stream.empty() : Stream.of(new ProducerIdsRecord(image.nextProducerId()));
    }
}
