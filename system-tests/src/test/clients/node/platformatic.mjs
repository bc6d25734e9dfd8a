// @platformatic/kafka, told what to do by tests.
import { readFileSync, writeFileSync } from 'node:fs'
import { Admin, compressionsAlgorithms, Consumer, ListOffsetTimestamps, Producer } from '@platformatic/kafka'
import { LIMIT_MILLIS, lineOf, partitionsOf, readAll, readSamples, serve } from './worker.mjs'

const PACKAGE = new URL('node_modules/@platformatic/kafka/package.json', import.meta.url)
const { version } = JSON.parse(readFileSync(PACKAGE))
const CODECS = Object.keys(compressionsAlgorithms).filter(codec => compressionsAlgorithms[codec].available)
const FETCH_BYTES = 10_000_000

const options = bootstrap =>
  ({ clientId: 'test', bootstrapBrokers: [bootstrap], timeout: LIMIT_MILLIS, connectTimeout: 20_000 })

async function within (part, use) {
  try {
    return await use(part)
  } finally {
    await part.close()
  }
}

const about = async () => [version, CODECS.join(','), 'create,idempotent,timestamps,any_bytes,offsets']

const create = (bootstrap, topic, partitions, replicas) => within(new Admin(options(bootstrap)), async admin => {
  await admin.createTopics({ topics: [topic], partitions: Number(partitions), replicas: Number(replicas) })
  return []
})

async function produce (bootstrap, topic, partition, codec, acks, idempotence, path) {
  const idempotent = idempotence === 'idempotent'
  return within(new Producer({ ...options(bootstrap), idempotent }), async producer => {
    const messages = readSamples(path).map(({ timestamp, key, value, headers }) => ({
      topic,
      partition: Number(partition),
      timestamp: BigInt(timestamp),
      key,
      value,
      headers: new Map(headers.map(([name, word]) => [Buffer.from(name), word]))
    }))
    const told = await producer.send({ messages, acks: acks === 'all' ? -1 : Number(acks), compression: codec })
    return [acks === '0' ? -1 : told.offsets[0].offset]
  })
}

const reader = bootstrap => new Consumer({ ...options(bootstrap), groupId: 'assigned-by-hand', autocommit: false })

const consume = (bootstrap, partitions, path) => within(reader(bootstrap), async consumer => {
  const assigned = partitionsOf(partitions)
  const metadata = await consumer.metadata({ topics: [...new Set(assigned.map(({ topic }) => topic))] })
  const lines = []
  await readAll(assigned, rest => fetchFromAll(consumer, metadata, rest), line => lines.push(line))
  writeFileSync(path, lines.join(''))
  return []
})

async function fetchFromAll (consumer, metadata, rest) {
  const names = new Map([...metadata.topics].map(([name, { id }]) => [id, name]))
  const byLeader = new Map()
  for (const { topic, partition, offset } of rest) {
    const { id, partitions } = metadata.topics.get(topic)
    const { leader } = partitions[partition]
    const topics = byLeader.get(leader) ?? byLeader.set(leader, []).get(leader)
    const wish = { partition, fetchOffset: offset, partitionMaxBytes: FETCH_BYTES, currentLeaderEpoch: -1, lastFetchedEpoch: -1 }
    topics.push({ topicId: id, partitions: [wish] })
  }
  const found = []
  for (const [node, topics] of byLeader) {
    const { responses } = await consumer.fetch({ node, topics, maxWaitTime: 500, minBytes: 1, maxBytes: FETCH_BYTES })
    for (const { topicId, partitions } of responses) {
      const topic = names.get(topicId)
      for (const { partitionIndex, highWatermark, records } of partitions) {
        found.push({ topic, partition: partitionIndex, end: highWatermark, records: linesOf(topic, partitionIndex, records) })
      }
    }
  }
  return found
}

function linesOf (topic, partition, batches) {
  return (batches ?? []).flatMap(batch => batch.records.map(record => {
    const offset = batch.firstOffset + BigInt(record.offsetDelta)
    const timestamp = batch.firstTimestamp + record.timestampDelta
    const headers = [...record.headers].map(([name, word]) => [name.toString(), word])
    return { offset, line: lineOf(topic, partition, offset, timestamp, record.key, record.value, headers) }
  }))
}

const offsets = (bootstrap, topic, partition, timestamps) => within(reader(bootstrap), async consumer => {
  const number = Number(partition)
  const at = async timestamp => {
    const found = await consumer.listOffsets({ topics: [topic], partitions: { [topic]: [number] }, timestamp })
    return found.get(topic)[number]
  }
  const found = [await at(ListOffsetTimestamps.EARLIEST), await at(ListOffsetTimestamps.LATEST)]
  for (const timestamp of timestamps.split(',')) {
    found.push(await at(BigInt(timestamp)))
  }
  return found
})

await serve({ about, create, produce, consume, offsets })
