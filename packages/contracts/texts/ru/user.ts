/** Letters of the user service; `{minutes}` is filled in, and the link stands under the text as a button. */
export const letters = {
  passwordLink: {
    subject: 'Новый пароль в RepitBot',
    body: 'Новый пароль можно задать по ссылке под этим текстом.\nОна действует {minutes} минут и только один раз. Если просьбы не было, делать ничего не нужно: пароль останется прежним.',
    open: 'Задать новый пароль',
  },
}
export type LetterCode = keyof typeof letters
