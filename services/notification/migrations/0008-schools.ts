import { type Migration, tenant } from '@repitbot/kit/migrations'

/** The names of schools, for the e-mails that they send. A school of an older release is not here until it changes or is republished. */
export const schools: Migration = {
  name: '0008-schools',
  up: `
create table school (
  school_id uuid primary key,
  name text not null,
  version int not null
);
${tenant('school')}`,
}
