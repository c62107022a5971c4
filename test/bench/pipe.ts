import { createServer } from 'node:http'
import { Pool } from 'undici'

// The baseline R: a minimal proxy in Node between a client and a service. Environment: PORT, and TO as an origin.

const pool = new Pool(process.env.TO ?? '', { connections: 128, pipelining: 1 })
createServer((request, response) => {
  pool.dispatch(
    { path: request.url ?? '/', method: 'GET', headers: request.headers },
    {
      onRequestStart() {},
      onResponseStart(_controller, status, headers) {
        response.writeHead(status, headers)
      },
      onResponseData(_controller, chunk) {
        response.write(chunk)
      },
      onResponseEnd() {
        response.end()
      },
      onResponseError: () => response.destroy(),
    },
  )
}).listen(Number(process.env.PORT), '127.0.0.1')
