import { expect } from 'chai'
import { openLog } from '../log.ts'

const secrets = { password: 'pa55-word', token: 't0ken-value', email: 'masha@school.test' }

describe('kit: the log', () => {
  const linesOf = (fields: Record<string, unknown>) => {
    const lines: string[] = []
    openLog('toy', 'info', { write: (line) => void lines.push(line) }).warn(fields, 'Something')
    return lines.join('')
  }

  it('shows no password, token or e-mail address, at whatever depth', () => {
    const depths: Record<string, unknown>[] = [secrets, { person: secrets }, { batch: [{ body: { person: secrets } }] }]
    for (const fields of depths)
      for (const secret of Object.values(secrets))
        expect(linesOf({ ...fields, code: 'kept' }), JSON.stringify(fields)).not.to.include(secret)
  })

  it('shows all other fields as they are, and changes none of what it was given', () => {
    const fields = { attempts: 3, person: { name: 'Masha', email: 'masha@school.test' } }
    expect(JSON.parse(linesOf(fields))).to.deep.include({ service: 'toy', attempts: 3, msg: 'Something' })
    expect(linesOf(fields)).to.include('Masha')
    expect(fields.person.email).to.equal('masha@school.test')
  })
})
