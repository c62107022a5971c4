/** One guard, how it is broken, and who must see it: `find` is replaced in `file`, then `run` must fail and say `red`. */
export type Control = { name: string; file: string; find: string; replace: string; run: Run; red: string }
/** A test file, narrowed to the tests whose names hold `only`; or one row of `make check`. */
export type Run = { test: string; only?: string } | { check: string }

/** Where a row of code is added before all others. */
export const atTop = ''
