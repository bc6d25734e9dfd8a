package io.millrace.gateway.kafka.configs;

/** Why Kafka's broker configs are not there. */
final class BrokerConfigRefusals {
    static final Refusals ALL = elsewhere(new Refusals())
            .refuse("TLS is not served yet", "ssl.*", "listener.security.protocol.map", "security.*")
            .refuse(
                    "SASL is not served yet",
                    "sasl.*",
                    "connection.failed.authentication.delay.ms",
                    "connections.max.reauth.ms",
                    "delegation.token.*",
                    "principal.builder.class")
            .refuse("nobody is asked who he is yet", "authorizer.class.name")
            .refuse("groups are not served yet", "group.*", "offsets.*", "offset.metadata.max.bytes")
            .refuse("share groups are not served yet", "share.*", "errors.deadletterqueue.*")
            .refuse("transactions are not served yet", "transaction.*", "transactional.*", "add.partitions.to.txn.*")
            .refuse("logs are not compacted yet", "log.cleaner.*")
            .refuse(
                    "there is no tiered storage",
                    "remote.*",
                    "log.remote.*",
                    "log.local.*",
                    "follower.fetch.last.tiered.*")
            .refuse("batches stay as their producer compressed them", "compression.*", "max.decompressed.message.bytes")
            .refuse(
                    "every append is on disk before it is acknowledged, unless its topic's durability is page-cache",
                    "log.flush.*")
            .refuse("it has one name here: log.retention.ms", "log.retention.*")
            .refuse("it has one name here: log.roll.ms", "log.roll.hours")
            .refuse("segments are rolled at their age exactly", "log.roll.jitter.*")
            .refuse("it has one name here: log.dirs", "log.dir")
            .refuse("timestamps of producers are taken as they are", "log.message.timestamp.*")
            .refuse("files grow as they are written", "log.preallocate")
            .refuse("partitions do not move between directories of a broker", "alter.log.dirs.*")
            .refuse("partitions do not move between directories of a broker", "num.replica.alter.*", "replica.alter.*")
            .refuse("a log directory cannot be closed to new partitions", "cordoned.log.dirs")
            .refuse("a log directory that fails ends its partitions' part at once", "log.dir.failure.timeout.ms")
            .refuse(
                    "controllers keep the metadata in ZooKeeper, not in a log of Kafka's",
                    "metadata.*",
                    "internal.metadata.*",
                    "controller.*",
                    "process.roles",
                    "initial.broker.registration.timeout.ms",
                    "early.start.listeners")
            .refuse(
                    "followers have a session with their leader, they do not fetch",
                    "replica.*",
                    "num.replica.fetchers")
            .refuse("brokers talk to each other over gRPC", "inter.broker.listener.name", "request.timeout.ms")
            .refuse("brokers talk to each other over gRPC", "socket.connection.*")
            .refuse(
                    "a move carries its own limit: millrace partition move --throttle",
                    "replication.quota.*",
                    "leader.replication.throttled.rate",
                    "follower.replication.throttled.rate")
            .refuse("classes of others are not loaded", "create.topic.policy.*", "alter.config.*", "client.quota.*")
            .refuse("metrics are Prometheus's and OpenTelemetry's", "metric.*", "metrics.*", "kafka.metrics.*")
            .refuse("clients' telemetry is not taken", "telemetry.*")
            .refuse("values come from settings, files and the environment, as Spring reads them", "config.providers")
            .refuse("waiting requests leave at once when they are answered", "producer.purgatory.*")
            .refuse("waiting requests leave at once when they are answered", "delete.records.*", "fetch.purgatory.*")
            .refuse("a fetch session lasts as long as its connection", "max.incremental.fetch.session.cache.slots")
            .refuse(
                    "a fetch is as large as its client asks, within its quota and what answers may hold",
                    "fetch.max.bytes")
            .refuse("a page has at most as many partitions as Kafka's default", "max.request.partition.size.limit")
            .refuse("it is a quota of addresses: connection_creation_rate", "max.connection.creation.rate")
            .refuse("connections are counted for the process, not for each address", "max.connection*")
            .refuse("requests are counted by their bytes", "queued.max.requests")
            .refuse("it is the operating system's", "socket.*")
            .refuse("the threads of a broker are millrace.broker.event-loops and its neighbours", "num.io.threads")
            .refuse("the threads of a broker are millrace.broker.event-loops and its neighbours", "background.threads")
            .refuse(
                    "it is for Kafka's own tests",
                    "unstable.*",
                    "log.initial.*",
                    "server.max.*",
                    "unclean.leader.election.interval.ms");

    private BrokerConfigRefusals() {}

    /** What can be set, but where a gateway does not see it. */
    private static Refusals elsewhere(Refusals refusals) {
        return refusals.refuse(setIn("controller", "topics.partitions-default"), "num.partitions")
                .refuse(setIn("controller", "topics.replication-factor-default"), "default.replication.factor")
                .refuse(setIn("controller", "leader-imbalance.rebalance"), "auto.leader.rebalance.enable")
                .refuse(setIn("controller", "leader-imbalance.check-interval"), "leader.imbalance.*")
                .refuse(setIn("controller", "liveness.broker-lease"), "broker.session.timeout.ms")
                .refuse(setIn("broker", "heartbeat-interval"), "broker.heartbeat.interval.ms")
                .refuse(setIn("broker", "retention-interval"), "log.retention.check.interval.ms")
                .refuse(setIn("broker", "retention-interval"), "producer.id.expiration.check.interval.ms")
                .refuse(setIn("broker", "producer-expiration"), "producer.id.expiration.ms")
                .refuse(setIn("broker", "replica-lag-time-max"), "replica.lag.time.max.ms")
                .refuse(setIn("broker", "replica-checkpoint-interval"), "replica.high.watermark.checkpoint.interval.ms")
                .refuse(setIn("broker", "file-threads"), "num.recovery.threads.per.data.dir")
                .refuse(setIn("gateway", "kafka.address, .port and .listeners"), "listeners");
    }

    private static String setIn(String part, String setting) {
        return "it is the " + part + "'s, set as millrace." + part + "." + setting;
    }
}
