/** A page of rows that were read with a limit of one more than the page holds: `last` is the page's last row, but only when more follow. */
export function paged<Row>(rows: Row[], limit: number): { page: Row[]; last: Row | undefined } {
  const page = rows.slice(0, limit)
  return { page, last: rows.length > limit ? page.at(-1) : undefined }
}
