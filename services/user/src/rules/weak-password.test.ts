import { expect } from 'chai'
import { isWeakPassword } from './weak-password.ts'

const own = ['ivan.petrov@school.test', 'Иван Петров', 'Школа Архимед']

describe('A weak password', () => {
  for (const password of [
    ...[
      '1234567890',
      'password12',
      'Password2024!',
      'qwertyuiop',
      'aaaaaaaaaa',
      'abcabcabcabc',
      '1212121212',
      'repitbot12',
      'monkey123456',
    ],
    ...['9876543210', 'qwerty12345', 'йцукенгшщз', 'пароль12345', 'ПАРОЛЬ-2024', 'asdfghjkl;', 'abcdefghijk', '1q2w3e4r5t', 'manchester'],
    ...[
      'ivan.petrov',
      'ivan.petrov@',
      'petrov1987',
      'ИванПетров',
      'архимед2024',
      'ivan.petrov@school.test',
      'аaaaaaaaaa'.replace('а', 'a'),
    ],
  ])
    it(`is ${password}`, () => expect(isWeakPassword(password, own)).to.equal(true))

  for (const password of [
    'correct horse battery',
    'a brand new password',
    'repitbot-demo',
    'петров любит кошек',
    'Tk7#pq2vLw',
    'лошадь верно скрепка',
  ])
    it(`is not ${password}`, () => expect(isWeakPassword(password, own)).to.equal(false))

  it('is none for a word of the mail server, so that a demo signs in as its README says', () =>
    expect(isWeakPassword('repitbot-demo', ['admin@demo.test', 'Азимут'])).to.equal(false))
})
