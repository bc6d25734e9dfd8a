// kafkajs, told what to do by tests. Its consumer knows groups only, so what it reads is fetched by the part below that.
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import kafkajs from 'kafkajs'
import snappy from 'kafkajs-snappy'
import { LIMIT_MILLIS, lineOf, partitionsOf, readAll, readSamples, serve } from './worker.mjs'

const { CompressionCodecs, CompressionTypes, Kafka, logLevel } = kafkajs
const { version } = createRequire(import.meta.url)('kafkajs/package.json')
const CODECS = { none: CompressionTypes.None, gzip: CompressionTypes.GZIP, snappy: CompressionTypes.Snappy }
const FETCH_BYTES = 10_000_000

CompressionCodecs[CompressionTypes.Snappy] = snappy

const client = bootstrap =>
  new Kafka({ brokers: [bootstrap], logLevel: logLevel.WARN, connectionTimeout: 20_000, requestTimeout: LIMIT_MILLIS })

async function within (part, use) {
  await part.connect()
  try {
    return await use(part)
  } finally {
    await part.disconnect()
  }
}

const about = async () => [version, Object.keys(CODECS).join(','), 'create,idempotent,timestamps,any_bytes,offsets,framed_snappy']

const create = (bootstrap, topic, partitions, replicas) => within(client(bootstrap).admin(), async admin => {
  const wish = { topic, numPartitions: Number(partitions), replicationFactor: Number(replicas) }
  if (!await admin.createTopics({ topics: [wish], waitForLeaders: true })) {
    throw new Error(`there is a topic ${topic}`)
  }
  return []
})

async function produce (bootstrap, topic, partition, codec, acks, idempotence, path) {
  const idempotent = idempotence === 'idempotent'
  return within(client(bootstrap).producer({ idempotent }), async producer => {
    const messages = readSamples(path).map(({ timestamp, key, value, headers }) =>
      ({ timestamp, key, value, headers: Object.fromEntries(headers), partition: Number(partition) }))
    const told = await producer.send({
      topic, messages, acks: acks === 'all' ? -1 : Number(acks), compression: CODECS[codec]
    })
    return [acks === '0' ? -1 : told[0].baseOffset]
  })
}

// The factory of what producers, consumers and admins are made of.
function clusterOf (kafka) {
  const factory = Object.getOwnPropertySymbols(kafka).find(symbol => symbol.description === 'private:Kafka:createCluster')
  return kafka[factory]({ allowAutoTopicCreation: false, maxInFlightRequests: 1 })
}

const consume = (bootstrap, partitions, path) => within(clusterOf(client(bootstrap)), async cluster => {
  const assigned = partitionsOf(partitions)
  await cluster.addMultipleTargetTopics([...new Set(assigned.map(({ topic }) => topic))])
  const lines = []
  await readAll(assigned, rest => fetchFromAll(cluster, rest), line => lines.push(line))
  writeFileSync(path, lines.join(''))
  return []
})

async function fetchFromAll (cluster, rest) {
  const byLeader = new Map()
  for (const { topic, partition, offset } of rest) {
    const [leader] = Object.keys(cluster.findLeaderForPartitions(topic, [partition]))
    const topics = byLeader.get(leader) ?? byLeader.set(leader, []).get(leader)
    topics.push({ topic, partitions: [{ partition, fetchOffset: String(offset), maxBytes: FETCH_BYTES }] })
  }
  const found = []
  for (const [nodeId, topics] of byLeader) {
    const broker = await cluster.findBroker({ nodeId })
    const { responses } = await broker.fetch({ maxWaitTime: 500, minBytes: 1, maxBytes: FETCH_BYTES, isolationLevel: 0, topics })
    for (const { topicName, partitions } of responses) {
      for (const { partition, highWatermark, messages } of partitions) {
        const records = messages.map(message => ({ offset: BigInt(message.offset), line: line(topicName, partition, message) }))
        found.push({ topic: topicName, partition, end: BigInt(highWatermark), records })
      }
    }
  }
  return found
}

// Headers of one name come as a list under that name, so those of several names come out of their order.
function line (topic, partition, { offset, timestamp, key, value, headers }) {
  const pairs = Object.entries(headers).flatMap(([name, words]) => [words].flat().map(word => [name, word]))
  return lineOf(topic, partition, offset, timestamp, key, value, pairs)
}

const offsets = (bootstrap, topic, partition, timestamps) => within(client(bootstrap).admin(), async admin => {
  const here = entries => entries.find(entry => entry.partition === Number(partition))
  const { low, high } = here(await admin.fetchTopicOffsets(topic))
  const found = [low, high]
  for (const timestamp of timestamps.split(',')) {
    const { offset } = here(await admin.fetchTopicOffsetsByTimestamp(topic, Number(timestamp)))
    // Behind the last record it tells the end.
    found.push(offset === high ? -1 : offset)
  }
  return found
})

await serve({ about, create, produce, consume, offsets })
