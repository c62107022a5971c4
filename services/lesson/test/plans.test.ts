import { withOwner } from '@repitbot/kit/testing/stores'
import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { lessonService } from '../src/service.ts'
import { saveLessonSql } from '../src/store/lesson-sql.ts'

describe('lesson: the plan that is kept', () => {
  let world: World
  before(async () => {
    world = await openWorld({ services: [lessonService], people: false })
  })
  after(() => world.close())

  it('of a saved lesson finds it by its key, though made while the tables are empty', async () => {
    const plan = await withOwner(world.name, async (owner) => {
      await owner.query(`set search_path = lesson, public; set plan_cache_mode = force_generic_plan; prepare save as ${saveLessonSql}`)
      const { rows } = await owner.query<{ 'QUERY PLAN': string }>(`explain execute save('${world.people.admin.schoolId}', '{}')`)
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    })
    expect(plan).to.include('Index Scan using lesson_pkey')
    expect(plan).not.to.match(/Seq Scan|Hash|Merge/)
  })
})
