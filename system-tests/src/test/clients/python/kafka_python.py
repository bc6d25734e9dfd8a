"""python-kafka, told what to do by tests."""

import importlib.util
import time

import kafka
import kafka.admin

import worker

# What it needs for a codec, beside itself.
MODULES = {"none": "kafka", "gzip": "gzip", "snappy": "snappy", "lz4": "lz4", "zstd": "zstandard"}
LIMIT_SECONDS = 120


def about():
    codecs = [codec for codec, module in MODULES.items() if importlib.util.find_spec(module)]
    return [kafka.__version__, ",".join(codecs), "create,timestamps,any_bytes,offsets,framed_snappy"]


def create(bootstrap, topic, partitions, replicas):
    admin = kafka.KafkaAdminClient(bootstrap_servers=bootstrap)
    try:
        admin.create_topics([kafka.admin.NewTopic(topic, int(partitions), int(replicas))])
    finally:
        admin.close()
    return []


def produce(bootstrap, topic, partition, codec, acks, idempotence, path):
    producer = kafka.KafkaProducer(
        bootstrap_servers=bootstrap,
        compression_type=None if codec == "none" else codec,
        acks=acks if acks == "all" else int(acks),
        batch_size=1_000_000,
        linger_ms=1_000,
        retries=10,  # by itself it tries nothing again
    )
    try:
        sent = [
            producer.send(topic, value, key, headers, int(partition), timestamp)
            for timestamp, key, value, headers in worker.read_samples(path)
        ]
        producer.flush(LIMIT_SECONDS)
        return [worker.require_consecutive([each.get(LIMIT_SECONDS).offset for each in sent])]
    finally:
        producer.close()


def consumer(bootstrap):
    return kafka.KafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False, group_id=None)


def consume(bootstrap, partitions, path):
    assigned = [kafka.TopicPartition(*each) for each in worker.partitions_of(partitions)]
    reader = consumer(bootstrap)
    try:
        reader.assign(assigned)
        reader.seek_to_beginning(*assigned)
        ends = reader.end_offsets(assigned)
        deadline = time.monotonic() + LIMIT_SECONDS
        with open(path, "w", encoding="utf-8") as out:
            while any(reader.position(each) < ends[each] for each in assigned):
                if time.monotonic() > deadline:
                    raise TimeoutError("the end was not reached in time")
                for records in reader.poll(500).values():
                    for record in records:
                        line = worker.line_of(
                            record.topic, record.partition, record.offset, record.timestamp, record.key, record.value,
                            record.headers)
                        out.write(line + "\n")
    finally:
        reader.close()
    return []


def offsets(bootstrap, topic, partition, timestamps):
    asked = kafka.TopicPartition(topic, int(partition))
    reader = consumer(bootstrap)
    try:
        found = [reader.beginning_offsets([asked])[asked], reader.end_offsets([asked])[asked]]
        for timestamp in timestamps.split(","):
            at = reader.offsets_for_times({asked: int(timestamp)})[asked]
            found.append(-1 if at is None else at.offset)
        return found
    finally:
        reader.close()


worker.serve({"about": about, "create": create, "produce": produce, "consume": consume, "offsets": offsets})
