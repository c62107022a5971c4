import type { ServerResponse } from 'node:http'
import { expect } from 'chai'
import { bearer, lessonList, openAndClose } from './stand-in.ts'

type Line = { correlationId?: string; msg: string; status?: number }

describe('the correlation id', () => {
  const open = openAndClose()

  it('is that of its own request in each answer, problem, log line and request to a service, when requests cross', async () => {
    const lines: Line[] = []
    const held: { response: ServerResponse; id: unknown }[] = []
    const service = await open.service((request, response) => void held.push({ response, id: request.headers['x-correlation-id'] }))
    const logTo = (line: string) => void lines.push(JSON.parse(line))
    const gateway = await open.gateway({ upstreams: { lesson: [service.url] }, logTo, timeoutMs: 400 })
    const headers = await bearer()
    const heldAre = async (count: number) => {
      for (let n = 0; n < 100 && held.length < count; n++) await new Promise((resolve) => setTimeout(resolve, 10))
      return held[count - 1] as (typeof held)[0]
    }
    const ask = (path: string) => fetch(gateway.url + path, { headers })
    // Four in turn, answered in another order: the first fails at its timeout, the third at its connection.
    const asked = []
    for (let n = 1; n <= 4; n++) {
      asked.push(ask(lessonList))
      await heldAre(n)
    }
    held[3]?.response.end('{}')
    held[2]?.response.destroy()
    const again = await heldAre(5)
    again.response.destroy()
    const refused = await ask('/api/v1/nothing')
    held[1]?.response.end('{}')
    const [timedOut, second, lost, fourth] = (await Promise.all(asked)) as [Response, Response, Response, Response]
    expect([timedOut, second, lost, fourth, refused].map(({ status }) => status)).to.deep.equal([504, 200, 502, 200, 404])

    const idOf = (answer: Response) => answer.headers.get('x-correlation-id')
    const ids = [timedOut, second, lost, fourth].map(idOf)
    expect(new Set(ids).size).to.equal(4)
    expect(
      held.slice(0, 5).map(({ id }) => id),
      'what the service was told',
    ).to.deep.equal([...ids, idOf(lost)])
    for (const answer of [timedOut, lost]) expect(await answer.json()).to.include({ correlationId: idOf(answer) })
    const logged = Object.fromEntries(lines.filter(({ msg }) => msg === 'answered').map((line) => [line.correlationId, line.status]))
    expect(logged).to.include({ [String(ids[0])]: 504, [String(ids[1])]: 200, [String(ids[2])]: 502, [String(ids[3])]: 200 })
    const failed = lines.filter(({ msg }) => msg === 'A request failed').map(({ correlationId }) => correlationId)
    expect(failed).to.include.members([ids[0], ids[2]])
  })
})
