import type { Migration } from '@repitbot/kit/migrations'

/**
 * What signing in needs. These tables belong to a person or to the whole installation, not to a school, so they have no school_id and no wall:
 * they are read before a school is known, and only by the id of a session, a hash or a key.
 */
export const signIn: Migration = {
  name: '0002-sign-in',
  up: `
-- One row is one sign-in and the whole family of its refresh tokens. The tokens are derived from seed, generation and the service's secret, so
-- neither this table nor the secret alone makes one, and a used one is known for what it is however old.
create table session (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  user_id uuid not null references membership on delete cascade,
  seed bytea not null,
  generation int not null,
  agent text not null,
  address text not null,
  started_at timestamptz not null,
  used_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_because text
);
create index session_of_person on session (person_id);
create index session_of_user on session (user_id);
create index session_revoked on session (revoked_at) where revoked_at is not null;

create table signing_key (
  kid text primary key,
  public_jwk jsonb not null,
  private_sealed bytea not null,
  created_at timestamptz not null,
  signs_from timestamptz not null
);

-- Unlogged would forget the counters in a crash, and with them the limits.
create table attempt (
  key text primary key,
  count int not null,
  until timestamptz not null
);
create index attempt_over on attempt (until);

create table one_time_link (
  id uuid primary key,
  opens text not null check (opens in ('password', 'first_school')),
  person_id uuid references person on delete cascade,
  hash bytea not null unique,
  expires_at timestamptz not null
);

create table outgoing_link (
  id uuid primary key,
  letter text not null,
  sealed bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
`,
}
