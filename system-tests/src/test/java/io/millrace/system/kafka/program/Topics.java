package io.millrace.system.kafka.program;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Creates topics. */
final class Topics {
    private Topics() {}

    static void create(String bootstrap, String topic, int partitions, short replicas)
            throws ExecutionException, InterruptedException {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrap);
        try (Admin admin = Admin.create(config)) {
            admin.createTopics(Collections.singletonList(new NewTopic(topic, partitions, replicas)))
                    .all()
                    .get();
        }
    }
}
