/** The pieces of a name that is searched for, written as the column `name_key` is: in Russian yo is typed as ye as often as not. */
export const nameKeys = (text: string): string[] => text.toLowerCase().replaceAll('\u0451', '\u0435').split(/\s+/).filter(Boolean)
