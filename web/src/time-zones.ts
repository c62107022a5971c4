/** The zone of this device. */
export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
/** Every zone that the browser knows, this one included, for some browsers call their own by an older name. */
export const zoneNames = (...also: string[]): string[] =>
  [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', zoneHere(), ...also])].sort()
