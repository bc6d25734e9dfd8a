// What the programs in this folder have in common: orders on standard input, answers on standard output, files of records.
// Orders and files are spelt as in KafkaClientsProgram.java.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

export const LIMIT_MILLIS = 120_000

export const unhex = word => (word === '-' ? null : Buffer.from(word, 'hex'))

const hex = bytes => (bytes === null || bytes === undefined ? '-' : Buffer.from(bytes).toString('hex'))

// The records to write.
export function readSamples (path) {
  const lines = readFileSync(path, 'utf8').split('\n').filter(line => line.length > 0)
  return lines.map(line => {
    const [timestamp, key, value, headers] = line.split('\t')
    const pairs = headers.split(';').filter(header => header.length > 0).map(header => {
      const equals = header.indexOf('=')
      return [header.slice(0, equals), unhex(header.slice(equals + 1))]
    })
    return { timestamp, key: unhex(key), value: unhex(value), headers: pairs }
  })
}

// A record that was read; headers are pairs.
export function lineOf (topic, partition, offset, timestamp, key, value, headers) {
  const digest = value === null || value === undefined ? '-' : createHash('sha256').update(value).digest('hex')
  const told = headers.map(([name, word]) => `${name}=${hex(word)}`).join(';')
  return [topic, partition, offset, timestamp, hex(key), digest, told].join('\t') + '\n'
}

export const partitionsOf = word => word.split(',').map(each => {
  const colon = each.lastIndexOf(':')
  return { topic: each.slice(0, colon), partition: Number(each.slice(colon + 1)) }
})

// Calls `fetch` with where to go on, by topic and partition, until every partition is read to its end.
// It answers with {topic, partition, end, records}, each record with its offset and its line.
export async function readAll (partitions, fetch, write) {
  const deadline = Date.now() + LIMIT_MILLIS
  let rest = partitions.map(each => ({ ...each, offset: 0n }))
  while (rest.length > 0) {
    if (Date.now() > deadline) {
      throw new Error(`the end was not reached in time, by ${rest.length} partitions`)
    }
    for (const { topic, partition, end, records } of await fetch(rest)) {
      const state = rest.find(each => each.topic === topic && each.partition === partition)
      for (const record of records) {
        // The first batch may begin before the offset that was asked for.
        if (record.offset >= state.offset) {
          write(record.line)
          state.offset = record.offset + 1n
        }
      }
      state.isRead = state.offset >= end
    }
    rest = rest.filter(each => !each.isRead)
  }
}

// Answers each order by the function of its name.
export async function serve (commands) {
  for await (const order of createInterface({ input: process.stdin })) {
    const [name, ...words] = order.split('\t')
    let answer
    try {
      answer = ['done', ...(await commands[name](...words))].join('\t')
    } catch (failure) {
      const causes = (failure.errors ?? []).map(cause => `; ${cause}`).join('')
      answer = `failed\t${failure}${causes} ${failure.stack}`.replaceAll('\n', ' ')
    }
    process.stdout.write(answer + '\n')
  }
  process.exit(0)
}
