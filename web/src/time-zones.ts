/** The zone of this device. */
export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
/** Every zone that the browser lists, and its own, which some browsers list under an older name. */
export const zoneNames = (...also: string[]): string[] =>
  [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', zoneHere(), ...also])].sort()
