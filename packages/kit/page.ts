/** Cuts rows that were read with a limit of one more than the page holds. `last` is the last row of the page when more follow, else undefined. */
export function toPage<Row>(rows: Row[], limit: number): { page: Row[]; last: Row | undefined } {
  const page = rows.slice(0, limit)
  return { page, last: rows.length > limit ? page.at(-1) : undefined }
}
