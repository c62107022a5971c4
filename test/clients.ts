import { type Client, client } from '@repitbot/contracts/client'
import { type Answerer, answerers, type gatewayApi } from '@repitbot/contracts/gateway'
import type { Clients as HouseClients } from '@repitbot/kit/testing/world'

export type Clients = HouseClients & { gateway: Client<typeof gatewayApi> }

/** The typed clients of every API table, each at the address of who answers it. */
export function clientsAt(origin: (house: Answerer) => string, token?: string, headers: Record<string, string> = {}): Clients {
  const clients = Object.entries(answerers).flatMap(([house, { apis }]) =>
    Object.entries(apis).map(([name, table]) => [name, client(table, { origin: origin(house as Answerer), token: () => token, headers })]),
  )
  return Object.fromEntries(clients) as Clients
}
