import type { Caller } from '@repitbot/contracts/endpoint'
import type { Deps } from '../deps.ts'
import { unchanged } from '../rules/settle.ts'

/** Off: XP still accrues, and nobody is told. */
export async function switchGame({ store, now }: Deps, caller: Caller, asked: { studentId: string; on: boolean }) {
  await store.changeStudent(caller, asked.studentId, {
    now: now().getTime(),
    decide: ({ student }) => ({ settled: unchanged(student.gameOn === asked.on ? student : { ...student, gameOn: asked.on }) }),
  })
  return { studentId: asked.studentId, gameOn: asked.on }
}
