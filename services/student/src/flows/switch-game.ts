import type { Caller } from '@repitbot/contracts/endpoint'
import type { Deps } from '../deps.ts'
import { onlyStudent } from '../rules/compute-xp.ts'

/** Off: XP is still counted, and nobody is notified. */
export async function switchGame({ store, now }: Deps, caller: Caller, request: { studentId: string; on: boolean }) {
  await store.changeStudent(caller, request.studentId, {
    now: now().getTime(),
    decide: ({ student }) => ({ result: onlyStudent(student.gameOn === request.on ? student : { ...student, gameOn: request.on }) }),
  })
  return { studentId: request.studentId, gameOn: request.on }
}
