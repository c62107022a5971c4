/** Letters of the user house; `{link}` and `{minutes}` are filled in. */
export const letters = {
  passwordLink: {
    subject: 'Новый пароль в RepitBot',
    body: 'Чтобы задать новый пароль, откройте ссылку: {link}\nОна действует {minutes} минут и только один раз. Если вы не просили об этом, ничего не делайте: пароль останется прежним.',
  },
}
export type LetterCode = keyof typeof letters
