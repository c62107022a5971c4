import { connect } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { listen } from '../http.ts'
import { openLog } from '../log.ts'
import { openMetrics } from '../metrics.ts'

// A server and its load in one process, for what the garbage collector says of them: 32 connections, each with one request at a time.

const connections = 32
const requests = Number(process.env.REQUESTS)

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const server = await listen(
  {
    log: openLog('answers', 'silent'),
    metrics: openMetrics('answers', { generation: () => 0, refusals: () => 0 }),
    health: () => ({ ready: true, checks: {}, settings: 0 }) as never,
    addRoutes() {},
    fastPath({ response, head }) {
      setTimeout(() => {
        response.writeHead(200, [...head, 'content-length', '2'])
        response.end('[]')
      }, 1)
    },
  },
  0,
)
let left = requests
const sockets = Array.from({ length: connections }, () => {
  const ask = () => {
    // What is alive at a full collection is old afterwards: from here on it may keep alive what is young.
    if (left === requests - 1_000) collect()
    if (left-- > 0) socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n')
    else socket.end()
  }
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1', ask).on('data', ask)
  return new Promise((resolve) => socket.once('close', resolve))
})
await Promise.all(sockets)
await server.close()
