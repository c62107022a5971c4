import { type Migration, tenant } from '@repitbot/kit/migrations'

/**
 * Who belongs to which school. `person` has no school_id and no wall: one human being may belong to several schools, and signs in before
 * any school is known. All other data about people belong to a school and are walled.
 */
export const people: Migration = {
  name: '0001-people',
  up: `
create table person (
  id uuid primary key,
  email text unique check (email = lower(email)),
  telegram_id text unique,
  password_hash text,
  created_at timestamptz not null,
  check ((email is null) = (password_hash is null))
);

create table school (
  id uuid primary key,
  school_id uuid not null check (school_id = id),
  name text not null,
  language text not null,
  zone text not null,
  version int not null,
  created_at timestamptz not null
);
${tenant('school')}

create table membership (
  id uuid primary key,
  school_id uuid not null references school,
  person_id uuid not null references person,
  role text not null check (role in ('admin', 'tutor', 'parent', 'student')),
  name text not null,
  language text not null,
  zone text not null,
  quiet_hours jsonb,
  channels text[] not null,
  birth_year int,
  active boolean not null,
  version int not null,
  created_at timestamptz not null,
  unique (person_id, school_id, role)
);
create index membership_of_school on membership (school_id, id);
${tenant('membership')}

create table link (
  school_id uuid not null references school,
  holder_id uuid not null references membership,
  over_id uuid not null references membership,
  link_as text not null check (link_as in ('parent', 'tutor', 'payer')),
  active boolean not null,
  version int not null,
  primary key (holder_id, over_id, link_as),
  check (holder_id <> over_id)
);
create index link_over on link (over_id) where active;
${tenant('link')}

create table invitation (
  id uuid primary key,
  school_id uuid not null references school,
  role text not null check (role in ('admin', 'tutor', 'parent', 'student')),
  user_id uuid references membership,
  student_ids uuid[] not null,
  invited_by uuid not null references membership,
  token_hash bytea not null unique,
  code_hash bytea not null unique,
  expires_at timestamptz not null,
  accepted_at timestamptz
);
create index invitation_of_school on invitation (school_id, expires_at) where accepted_at is null;
${tenant('invitation')}

-- The three narrow windows in the wall, each answering one question that comes before a school is known. They run as their owner, who is not
-- held by row-level security; the search path is pinned so that nobody can put another table in front.
create function memberships_of(person uuid)
  returns table (user_id uuid, school_id uuid, school text, role text, name text, language text, active boolean)
  language sql stable security definer set search_path = "user", pg_temp
  as $$ select m.id, m.school_id, s.name, m.role, m.name, m.language, m.active from membership m join school s on s.id = m.school_id where m.person_id = person $$;

create function invitation_school(hash bytea) returns uuid
  language sql stable security definer set search_path = "user", pg_temp
  as $$ select school_id from invitation where token_hash = hash or code_hash = hash $$;

create function school_ids() returns setof uuid
  language sql stable security definer set search_path = "user", pg_temp
  as $$ select id from school order by id $$;

revoke execute on function memberships_of(uuid), invitation_school(bytea), school_ids() from public;
grant execute on function memberships_of(uuid), invitation_school(bytea), school_ids() to repitbot_user;
`,
}
