import { QueryClient } from '@tanstack/react-query'

/** Tried without a network too: the worker may have kept an answer. */
export const queries = new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 10_000, networkMode: 'always' } } })
