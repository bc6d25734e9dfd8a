package io.millrace.cli.bench;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.millrace.cli.session.Connection;
import io.millrace.cli.session.Session;
import io.millrace.v1.CreateTopicRequest;
import io.millrace.v1.GetTopicRequest;
import io.millrace.v1.Topic;

/** The topic of a load. */
final class BenchTopic {
    private BenchTopic() {}

    /** The topic as it is, or as it is now created. */
    static Topic orCreate(Session session, LoadOptions load) {
        return session.ask(connection -> {
            try {
                return describe(connection, load.topic());
            } catch (StatusRuntimeException refused) {
                if (refused.getStatus().getCode() != Status.Code.NOT_FOUND) {
                    throw refused;
                }
                session.io().tell("Creating topic " + load.topic() + " with " + load.partitions() + " partitions.");
                return create(connection, load);
            }
        });
    }

    static Topic existing(Session session, String name) {
        return session.ask(connection -> describe(connection, name));
    }

    private static Topic describe(Connection connection, String name) {
        return connection
                .topics()
                .getTopic(GetTopicRequest.newBuilder().setName(name).build())
                .getTopic();
    }

    private static Topic create(Connection connection, LoadOptions load) {
        return connection
                .topics()
                .createTopic(CreateTopicRequest.newBuilder()
                        .setTopic(Topic.newBuilder().setName(load.topic()).setPartitionCount(load.partitions()))
                        .build())
                .getTopic();
    }
}
