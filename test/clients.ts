import { client } from '@repitbot/contracts/client'
import type { Api } from '@repitbot/contracts/endpoint'
import { services } from '@repitbot/contracts/services'
import type { Clients } from '@repitbot/kit/testing/world'

export type { Clients }

/** The typed clients of every API table, each at the address of its house. */
export function clientsAt(origin: (house: string) => string, token?: string, headers: Record<string, string> = {}): Clients {
  const clients = Object.entries(services).flatMap(([house, { apis }]) =>
    Object.entries(apis as Record<string, Api>).map(([name, table]) => [
      name,
      client(table, { origin: origin(house), token: () => token, headers }),
    ]),
  )
  return Object.fromEntries(clients) as Clients
}
