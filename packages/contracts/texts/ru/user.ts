/** Letters of the user house; `{minutes}` is filled in, and the link stands under the text as a button. */
export const letters = {
  passwordLink: {
    subject: 'Новый пароль в RepitBot',
    body: 'Чтобы задать новый пароль, откройте ссылку под этим текстом.\nОна действует {minutes} минут и только один раз. Если вы не просили об этом, ничего не делайте: пароль останется прежним.',
    open: 'Задать новый пароль',
  },
}
export type LetterCode = keyof typeof letters
