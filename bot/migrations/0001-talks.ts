import type { Migration } from '@repitbot/kit/migrations'

/** Updates of Telegram, and the choices of each chat. Neither has a school: a chat is of a person, who may belong to several. */
export const talks: Migration = {
  name: '0001-talks',
  up: `
create table incoming (
  update_id bigint primary key,
  chat_id bigint not null,
  body jsonb not null,
  received_at timestamptz not null default now(),
  failures int not null default 0,
  due_at timestamptz not null default now(),
  leased_until timestamptz,
  done_at timestamptz,
  error text
);
create index incoming_undone on incoming (chat_id, update_id) where done_at is null;
create index incoming_received on incoming (received_at);

create table dialogue (
  chat_id bigint primary key,
  user_id uuid,
  language text,
  commands text
);
`,
}
