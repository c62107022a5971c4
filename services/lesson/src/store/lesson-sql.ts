import { type Field, lessonFields, seatFields } from './lesson-fields.ts'

type Column = { field: string; column: string; type: string }

const columnOf = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const columnsOf = (fields: Record<string, Field>): Column[] =>
  Object.entries(fields).flatMap(([field, type]) => (typeof type === 'string' ? [{ field, column: columnOf(field), type }] : []))
const lessonColumns = columnsOf(lessonFields)
const seatColumns = columnsOf(seatFields)

/** A lesson as one JSON value, in the shape the rules know; `seats` is the condition on whose seats are in it. */
export const lessonJson = (
  seats = 'true',
) => `json_strip_nulls(json_build_object(${jsonPairs('l', lessonFields)}, 'privateNote', l.private_note, 'students', (
  select json_agg(json_build_object(${jsonPairs('s', seatFields)}) order by s.place)
  from lesson_seat s left join person p on p.user_id = s.student_id where s.lesson_id = l.id and ${seats}
)))`

function jsonPairs(alias: string, fields: Record<string, Field>): string {
  return Object.entries(fields)
    .map(([field, type]) => `'${field}', ${typeof type === 'object' ? type.read : readColumn(`${alias}.${columnOf(field)}`, type)}`)
    .join(', ')
}

const readColumn = (column: string, type: string) => (type === 'timestamptz' ? instant(column) : column)
/** The text of an instant as `toISOString` writes it. */
export const instant = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const list = (columns: Column[], text: (column: Column) => string) => columns.map(text).join(', ')
const names = (columns: Column[]) => list(columns, ({ column }) => column)
const values = (alias: string, columns: Column[]) => list(columns, ({ field }) => `${alias}."${field}"`)
const record = (columns: Column[]) => list(columns, ({ field, type }) => `"${field}" ${type}`)

/** $2 as rows: one lesson or an array of them. */
const given = (source: 'jsonb_to_record' | 'jsonb_to_recordset') => `given as (
  select * from ${source}($2) as g (${record(lessonColumns)}, students jsonb)
)`
const saveSeats = `seats as (
  insert into lesson_seat (school_id, lesson_id, place, ${names(seatColumns)})
  select $1, g.id, s.place, ${values('s', seatColumns)}
  from given g, rows from (jsonb_to_recordset(g.students) as (${record(seatColumns)}))
    with ordinality as s (${list(seatColumns, ({ field }) => `"${field}"`)}, place)
  on conflict (lesson_id, student_id) do update set place = excluded.place, ${list(seatColumns, ({ column }) => `${column} = excluded.${column}`)}
)`

/** $1 the school, $2 the lessons. */
export const insertLessonsSql = `with ${given('jsonb_to_recordset')}, ${saveSeats}
insert into lesson (school_id, ${names(lessonColumns)}) select $1, ${values('g', lessonColumns)} from given g`

/** The same for lessons that are there: every column of theirs, and of their seats; a note is sealed by now. */
const saveSql = (source: Parameters<typeof given>[0]) => `with ${given(source)}, ${saveSeats}
update lesson l set ${list(lessonColumns, ({ column, field }) => `${column} = g."${field}"`)}, private_note = null from given g where l.id = g.id`
/**
 * $2 is one lesson. Postgres expects a hundred rows of an array and may then read a whole table that was small when the plan was made,
 * but one row of a record: it is looked up by its key.
 */
export const saveLessonSql = saveSql('jsonb_to_record')
/** $2 is an array: the lessons of a series exchange their days, and each day is there once only after all are saved. */
export const saveLessonsSql = saveSql('jsonb_to_recordset')

/** $1 who is no longer in which lesson. */
export const deleteSeatsSql = `delete from lesson_seat s using jsonb_to_recordset($1) as g ("lessonId" uuid, "studentId" uuid)
where s.lesson_id = g."lessonId" and s.student_id = g."studentId"`
