import { createStore } from '../store.ts'

/** What lies over the page: the search by `/`, the list of keys by `?`. */
export const overlay = createStore<'search' | 'keys' | undefined>(undefined)
