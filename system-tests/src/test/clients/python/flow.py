"""librdkafka through its Python client, as a producer of the lines of standard input, or as a consumer that prints what it reads."""

import sys

import confluent_kafka

FLUSH_SECONDS = 60


def produce(bootstrap, topic):
    """Ends with an error unless everything was delivered."""
    failures = []
    producer = confluent_kafka.Producer({"bootstrap.servers": bootstrap, "enable.idempotence": True})

    def on_delivery(error, message):
        if error is not None:
            failures.append(str(error))

    for line in sys.stdin:
        producer.produce(topic, line.strip(), on_delivery=on_delivery)
        producer.poll(0)
    rest = producer.flush(FLUSH_SECONDS)
    if rest > 0 or failures:
        sys.exit("%d records were not delivered, and these failed: %s" % (rest, failures))


def consume(bootstrap, topic):
    """Prints partition and value of each record."""
    consumer = confluent_kafka.Consumer(
        {"bootstrap.servers": bootstrap, "group.id": "assigned-by-hand", "enable.auto.commit": False})
    partitions = consumer.list_topics(topic, FLUSH_SECONDS).topics[topic].partitions
    consumer.assign(
        [confluent_kafka.TopicPartition(topic, number, confluent_kafka.OFFSET_BEGINNING) for number in partitions])
    while True:
        for record in consumer.consume(100, 0.2):
            if record.error() is None:
                print(record.partition(), record.value().decode())
            else:
                print(record.error(), file=sys.stderr)
        sys.stdout.flush()


{"produce": produce, "consume": consume}[sys.argv[1]](sys.argv[2], sys.argv[3])
