/** So many days ahead every lesson of a series is planned. Without a schema, so that a browser loads it at once. */
export const seriesAheadDays = 12 * 7
