import { isDeepStrictEqual } from 'node:util'

/** Equal in every field that has a value: what a store leaves out and what was never given are the same. */
export const isSame = (a: object, b: object): boolean => isDeepStrictEqual(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)))
