/** Names one attempt, so that what is sent again after a lost connection is done once. `crypto.randomUUID` is there only over https and on localhost. */
export const attemptKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
