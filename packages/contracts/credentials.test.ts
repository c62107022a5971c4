import { expect } from 'chai'
import { Email } from './credentials.ts'

describe('An e-mail', () => {
  for (const [typed, kept] of [
    [' Anna@School.TEST ', 'anna@school.test'],
    ['user@xn--80a1acny.xn--p1ai', 'user@xn--80a1acny.xn--p1ai'],
    ['user@почта.рф', 'user@xn--80a1acny.xn--p1ai'],
    ['User@ПОЧТА.РФ', 'user@xn--80a1acny.xn--p1ai'],
    ['user@bücher.example', 'user@xn--bcher-kva.example'],
  ] as const)
    it(`is ${kept} from "${typed}"`, () => expect(Email.parse(typed)).to.equal(kept))

  for (const typed of [
    'имя@почта.рф',
    'user@почта',
    'user@',
    'user@почта.рф/x',
    'user@почта.рф@x.test',
    'user@почта.рф:25',
    'a b@x.test',
    'user@xn--.xn--',
  ])
    it(`is not "${typed}"`, () => expect(Email.safeParse(typed).success).to.equal(false))
})
