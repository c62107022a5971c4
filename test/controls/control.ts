/** One guard and how it is broken: `find` is replaced in `file`; then `run` must fail and its output contain `red`. */
export type Control = { name: string; file: string; find: string; replace: string; run: Run; red: string }
/** A test file, limited to the tests whose names contain `only`; or one row of `make check`. */
export type Run = { test: string; only?: string } | { check: string }

/** As `find` it adds a line of code at the top of the file. */
export const atTop = ''
