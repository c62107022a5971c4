/** Sorts before every other id; no record has it. */
export const nilUuid = '00000000-0000-0000-0000-000000000000'

/** Whether Postgres takes the text as a uuid, in the one form in which it returns it. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** Makes a uuid (version 8) from a hash of at least 32 hexadecimal digits; the same hash gives the same id. */
export const uuidFrom = (hash: string): string =>
  `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
