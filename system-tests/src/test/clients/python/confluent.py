"""librdkafka through its Python client, told what to do by tests."""

import time

import confluent_kafka
import confluent_kafka.admin

import worker

LIMIT_SECONDS = 120


def about():
    version = "%s (librdkafka %s)" % (confluent_kafka.version()[0], confluent_kafka.libversion()[0])
    return [version, "none,gzip,snappy,lz4,zstd", "create,idempotent,timestamps,any_headers,any_bytes,offsets,framed_snappy"]


def create(bootstrap, topic, partitions, replicas):
    admin = confluent_kafka.admin.AdminClient({"bootstrap.servers": bootstrap})
    wish = confluent_kafka.admin.NewTopic(topic, int(partitions), int(replicas))
    admin.create_topics([wish])[topic].result(LIMIT_SECONDS)
    return []


def produce(bootstrap, topic, partition, codec, acks, idempotence, path):
    producer = confluent_kafka.Producer({
        "bootstrap.servers": bootstrap,
        "compression.type": codec,
        "acks": acks,
        "enable.idempotence": idempotence == "idempotent",
        "linger.ms": 100,
    })
    told = []

    def on_delivery(error, message):
        if error is not None:
            raise confluent_kafka.KafkaException(error)
        told.append(message.offset())

    samples = worker.read_samples(path)
    for timestamp, key, value, headers in samples:
        producer.produce(
            topic, value, key, int(partition), timestamp=timestamp, headers=headers, on_delivery=on_delivery)
    if producer.flush(LIMIT_SECONDS) > 0 or len(told) < len(samples):
        raise TimeoutError("only %d of %d records were acknowledged" % (len(told), len(samples)))
    # Without acknowledgements it tells an offset of the last record only, which is none.
    return [-1 if acks == "0" else worker.require_consecutive(told)]


def consumer(bootstrap):
    return confluent_kafka.Consumer({
        "bootstrap.servers": bootstrap,
        "group.id": "assigned-by-hand",
        "enable.auto.commit": False,
        "enable.partition.eof": True,
        "auto.offset.reset": "error",
    })


def consume(bootstrap, partitions, path):
    assigned = worker.partitions_of(partitions)
    reader = consumer(bootstrap)
    try:
        beginning = confluent_kafka.OFFSET_BEGINNING
        reader.assign([confluent_kafka.TopicPartition(*each, beginning) for each in assigned])
        rest = set(assigned)
        deadline = time.monotonic() + LIMIT_SECONDS
        with open(path, "w", encoding="utf-8") as out:
            while rest:
                if time.monotonic() > deadline:
                    raise TimeoutError("the end was not reached in time")
                for record in reader.consume(500, 0.5):
                    if record.error() is None:
                        line = worker.line_of(
                            record.topic(), record.partition(), record.offset(), record.timestamp()[1], record.key(),
                            record.value(), record.headers())
                        out.write(line + "\n")
                    elif record.error().code() == confluent_kafka.KafkaError._PARTITION_EOF:
                        rest.discard((record.topic(), record.partition()))
                    else:
                        raise confluent_kafka.KafkaException(record.error())
    finally:
        reader.close()
    return []


def offsets(bootstrap, topic, partition, timestamps):
    reader = consumer(bootstrap)
    try:
        found = list(reader.get_watermark_offsets(confluent_kafka.TopicPartition(topic, int(partition)), LIMIT_SECONDS))
        for timestamp in timestamps.split(","):
            asked = confluent_kafka.TopicPartition(topic, int(partition), int(timestamp))
            at = reader.offsets_for_times([asked], LIMIT_SECONDS)[0]
            if at.error is not None:
                raise confluent_kafka.KafkaException(at.error)
            # Behind the last record it tells the end.
            found.append(-1 if at.offset == confluent_kafka.OFFSET_END else at.offset)
        return found
    finally:
        reader.close()


worker.serve({"about": about, "create": create, "produce": produce, "consume": consume, "offsets": offsets})
