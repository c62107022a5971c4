/** The page of letters that a demo would have sent. */
export const mail = {
  title: 'Письма',
  explained: 'Здесь письма, которые отправила бы школа. Наружу ничего не уходит.',
  none: 'Писем ещё нет.',
  subject: 'Тема',
  from: 'От кого',
  to: 'Кому',
  at: 'Когда (UTC)',
  plain: 'Обычным текстом',
}
