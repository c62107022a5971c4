/** Whether a stranger's text may be the code of an invitation, such as K7QM-2F9U, also with a letter too many or too few; a greeting is not. */
export function mayBeCode(text: string): boolean {
  const bare = text.replace(/[\s\p{Pd}]/gu, '')
  return /^[\p{L}\d]{7,9}$/u.test(bare) && (bare.length === 8 || /[\d\p{Pd}]/u.test(text))
}
