/** Sorts before every other id; nothing has it. */
export const nilUuid = '00000000-0000-0000-0000-000000000000'

/** The same id for the same hash, given as 32 or more hexadecimal digits: a uuid of version 8. */
export const uuidFrom = (hash: string): string =>
  `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
