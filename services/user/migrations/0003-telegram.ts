import type { Migration } from '@repitbot/kit/migrations'

/**
 * Signing in by Telegram. A page's request to a chat belongs to nobody until it is answered, so `telegram_request` has no school_id and no
 * wall: it is read only by the hash of a token that was in one reply.
 */
export const telegram: Migration = {
  name: '0003-telegram',
  up: `
alter table session add column telegram boolean not null default false;
create unique index session_of_telegram on session (user_id) where telegram and revoked_at is null;

create table telegram_request (
  id uuid primary key,
  kind text not null check (kind in ('login', 'link')),
  state text not null check (state in ('asked', 'confirmed', 'declined')),
  token_hash bytea not null unique,
  secret_hash bytea unique,
  person_id uuid references person on delete cascade,
  user_id uuid references membership on delete cascade,
  telegram_id text,
  agent text not null,
  address text not null,
  expires_at timestamptz not null
);
create index telegram_request_over on telegram_request (expires_at);
`,
}
