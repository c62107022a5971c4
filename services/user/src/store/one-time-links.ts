import type { Transaction } from '@repitbot/kit/database'

/**
 * Deletes a person's links that set a new password, except the newest `kept`. Whatever makes them pointless calls it: another password, e-mail
 * or Telegram account, or a membership that was closed.
 */
export const dropPasswordLinks = (tx: Transaction, personId: string, kept = 0) =>
  tx.query(
    `delete from one_time_link where id in
       (select id from one_time_link where person_id = $1 and opens = 'password' order by expires_at desc offset $2)`,
    [personId, kept],
  )
