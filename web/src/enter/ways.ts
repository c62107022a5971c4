import { queryOptions } from '@tanstack/react-query'
import { anonymousAuth } from '../clients.ts'

/** How this installation lets people in besides e-mail and password, and whether it sends letters. It changes only with a restart of the server. */
export const ways = queryOptions({ queryKey: ['ways'], queryFn: () => anonymousAuth.ways({}), staleTime: Number.POSITIVE_INFINITY })
