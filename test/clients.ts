import { type Client, client } from '@repitbot/contracts/client'
import { type Answerer, answerers, type gatewayApi } from '@repitbot/contracts/gateway'
import type { Clients as ServiceClients } from '@repitbot/kit/testing/world'

export type Clients = ServiceClients & { gateway: Client<typeof gatewayApi> }

/** The typed clients of every API table, each at the address of the service that has it. */
export function clientsAt(origin: (service: Answerer) => string, token?: string, headers: Record<string, string> = {}): Clients {
  const clients = Object.entries(answerers).flatMap(([service, { apis }]) =>
    Object.entries(apis).map(([name, table]) => [
      name,
      client(table, { origin: origin(service as Answerer), token: () => token, headers }),
    ]),
  )
  return Object.fromEntries(clients) as Clients
}
