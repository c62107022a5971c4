/** Rows of the Russian keyboard, and the alphabet. */
export const cyrillicRows = ['йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю', 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя']
/** The word "password" of Russian. */
export const cyrillicPassword = 'пароль'
/** Cyrillic capitals that look like Latin ones. */
export const cyrillicLookalikes: Record<string, string> = {
  ...{ А: 'A', В: 'B', Е: 'E', К: 'K', М: 'M', Н: 'H', Р: 'P' },
  ...{ С: 'C', Т: 'T', У: 'Y', Х: 'X', Ѕ: 'S', Ј: 'J' },
}
