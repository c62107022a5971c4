/** A lesson as one JSON value, in the shape the rules know; `seats` narrows whose seats are in it. */
export const lessonJson = (seats = 'true') => `json_strip_nulls(json_build_object(
  'id', l.id, 'tutorId', l.tutor_id, 'tutorName', coalesce((select p.name from person p where p.user_id = l.tutor_id), ''),
  'type', l.type, 'subject', l.subject, 'topic', l.topic, 'startsAt', ${instant('l.starts_at')}, 'minutes', l.minutes,
  'zone', l.zone, 'videoUrl', l.video_url, 'seriesId', l.series_id, 'seriesOn', l.series_on, 'movedFrom', ${instant('l.moved_from')},
  'note', l.note, 'privateNote', l.private_note, 'status', l.status, 'cancellation', l.cancellation, 'version', l.version,
  'students', (
    select json_agg(json_build_object('studentId', s.student_id, 'name', coalesce(p.name, ''), 'priceMinor', s.price_minor,
      'currency', s.currency, 'attendance', s.attendance, 'minutes', s.minutes, 'grade', s.grade) order by s.place)
    from lesson_seat s left join person p on p.user_id = s.student_id where s.lesson_id = l.id and ${seats}
  )
))`

function instant(column: string) {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

const given = `given as (
  select * from jsonb_to_recordset($2) as g (id uuid, "tutorId" uuid, type text, subject text, topic text, "startsAt" timestamptz,
    minutes int, zone text, "videoUrl" text, "seriesId" uuid, "seriesOn" date, "movedFrom" timestamptz, note text, "privateNote" text,
    status text, cancellation jsonb, version int, students jsonb)
)`
const seats = `seats as (
  insert into lesson_seat (school_id, lesson_id, student_id, place, price_minor, currency)
  select $1, g.id, (s.seat ->> 'studentId')::uuid, s.place, (s.seat ->> 'priceMinor')::bigint, s.seat ->> 'currency'
  from given g, jsonb_array_elements(g.students) with ordinality as s (seat, place)
  on conflict (lesson_id, student_id) do update set place = excluded.place, price_minor = excluded.price_minor, currency = excluded.currency
)`
/** Who is wanted when. */
const wants = `wants as (
  select g.id, p.person_id, tstzrange(g."startsAt", g."startsAt" + make_interval(mins => g.minutes)) as during
  from given g, lateral (
    select g."tutorId" as person_id union select (seat ->> 'studentId')::uuid from jsonb_array_elements(g.students) as seat
  ) p
  where g.status in ('scheduled', 'completed')
)`
/** In the order of persons, so that two plans never wait for each other crosswise; who is busy gets no row. */
const holds = `${wants}, held as (
  insert into hold (school_id, lesson_id, person_id, during)
  select $1, w.id, w.person_id, w.during from wants w order by w.person_id, w.during
  on conflict do nothing returning 1
)`

/** $1 the school, $2 the lessons; answers how many holds were taken. */
export const insertSql = `with ${given}, ${seats}, ${holds}, lessons as (
  insert into lesson (school_id, id, tutor_id, type, subject, topic, starts_at, minutes, zone, video_url, series_id, series_on, moved_from,
    status, cancellation, version)
  select $1, id, "tutorId", type, subject, topic, "startsAt", minutes, zone, "videoUrl", "seriesId", "seriesOn", "movedFrom",
    status, cancellation, version
  from given
) select count(*)::int as held from held`

/** The same for lessons that are there; their holds were let go by a statement before. */
export const updateSql = `with ${given}, ${seats}, ${holds}, lessons as (
  update lesson l set subject = g.subject, starts_at = g."startsAt", minutes = g.minutes, video_url = g."videoUrl",
    series_id = g."seriesId", series_on = g."seriesOn", moved_from = g."movedFrom", status = g.status, cancellation = g.cancellation,
    version = g.version
  from given g where l.id = g.id
), gone as (
  delete from lesson_seat s using given g
  where s.lesson_id = g.id and not g.students @> jsonb_build_array(jsonb_build_object('studentId', s.student_id))
) select count(*)::int as held from held`
export const letGoSql = 'delete from hold where lesson_id in (select id from jsonb_to_recordset($1) as g (id uuid))'

/** What a report changes: nobody's time, so no hold is touched. */
export const reportSql = `with seats as (
  update lesson_seat s set attendance = g.attendance, minutes = g.minutes, grade = g.grade
  from jsonb_to_recordset($7) as g ("studentId" uuid, attendance text, minutes int, grade jsonb)
  where s.lesson_id = $1 and s.student_id = g."studentId"
) update lesson set status = $2, topic = $3, note = $4, private_note = $5, version = $6 where id = $1`

/** The first lesson that stands in the way of the given ones, and whether the caller may know which it is. */
export const inTheWaySql = (reached: string) => `with ${given}, ${wants}
select h.person_id as "personId", l.id as "lessonId", ${instant('l.starts_at')} as "startsAt", l.minutes, ${reached} as reached
from wants w
join hold h on h.person_id = w.person_id and h.during && w.during and h.lesson_id <> w.id
join lesson l on l.id = h.lesson_id
where h.school_id = $1 order by l.starts_at limit 1`

/** The ids of the given lessons in which somebody is busy. */
export const busySql = `with ${given}, ${wants}
select distinct w.id from wants w join hold h on h.person_id = w.person_id and h.during && w.during where h.school_id = $1`
