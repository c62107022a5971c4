import { createServer } from 'node:net'

// A service that answers each request with the same bytes, so fast that the benchmark never waits for it.

const body = JSON.stringify(
  Array.from({ length: 5 }, (_, n) => ({ id: `01a2086b-e792-7aba-a076-479a24998a2${n}`, subject: 'Algebra', minutes: 60 })),
)
const answer = `HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\ncache-control: no-store\r\ncontent-length: ${body.length}\r\n\r\n${body}`
createServer({ noDelay: true }, (socket) => socket.on('data', () => socket.write(answer)).on('error', () => {})).listen(
  Number(process.env.PORT),
  '127.0.0.1',
)
