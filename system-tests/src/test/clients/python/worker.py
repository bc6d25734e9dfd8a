"""What the programs in this folder have in common: orders on standard input, answers on standard output, files of records.

Orders and files are spelt as in KafkaClientsProgram.java."""

import hashlib
import sys


def unhex(word):
    return None if word == "-" else bytes.fromhex(word)


def tohex(data):
    return "-" if data is None else bytes(data).hex()


def read_samples(path):
    """The records to write: timestamp, key, value, headers."""
    samples = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            timestamp, key, value, headers = line.rstrip("\n").split("\t")
            pairs = [header.split("=", 1) for header in headers.split(";") if header]
            samples.append((int(timestamp), unhex(key), unhex(value), [(name, unhex(word)) for name, word in pairs]))
    return samples


def line_of(topic, partition, offset, timestamp, key, value, headers):
    """A record that was read."""
    digest = "-" if value is None else hashlib.sha256(value).hexdigest()
    told = ";".join(name + "=" + tohex(word) for name, word in headers or [])
    return "\t".join([topic, str(partition), str(offset), str(timestamp), tohex(key), digest, told])


def partitions_of(word):
    return [(topic, int(partition)) for topic, partition in (each.rsplit(":", 1) for each in word.split(","))]


def require_consecutive(offsets):
    """Returns the first; what is not acknowledged has -1."""
    first = offsets[0]
    if first is not None and first >= 0 and offsets != list(range(first, first + len(offsets))):
        raise ValueError("acknowledged at offsets %s" % offsets)
    return -1 if first is None else first


def serve(commands):
    """Answers each order by the function of its name."""
    for order in sys.stdin:
        name, *words = order.rstrip("\n").split("\t")
        try:
            answer = "\t".join(["done"] + [str(word) for word in commands[name](*words)])
        except Exception as failure:  # whatever it is, the test wants to know
            answer = "failed\t%s %s" % (type(failure).__name__, str(failure).replace("\n", " "))
        print(answer, flush=True)
