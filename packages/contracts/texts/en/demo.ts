import type { demo as ru } from '../ru/demo.ts'

export const demo: typeof ru = {
  school: 'Azimuth School',
  admin: 'Olga Sokolova',
  tutor: 'Anna Orlova',
  parents: ['Helen Smirnova', 'Igor Kuznetsov', 'Marina Lebedeva'],
  students: ['Masha Smirnova', 'Peter Smirnov', 'Kostya Kuznetsov', 'Sonia Lebedeva', 'Timur Akhmetov', 'Vera Ivanova'],
  subjects: ['Mathematics', 'Physics', 'English'],
  topics: [
    ['Quadratic equations', 'Percentages', 'Vieta’s formulas', 'Similar triangles', 'Functions and graphs', 'Probability'],
    ['Newton’s laws', 'Momentum', 'Work and power', 'Pressure', 'Heat'],
    ['Present Perfect', 'Conditionals', 'Articles', 'Reported speech', 'Reading: Treasure Island'],
  ],
  notes: [
    'Good work, noticeably more confident.',
    'The formulas are worth repeating before next time.',
    'An excellent lesson!',
    'We went through the mistakes of the last test.',
  ],
  guest: 'Guest',
  signIns: { tutor: 'tutor', student: 'student', parent: 'parent', admin: 'school owner' },
}
