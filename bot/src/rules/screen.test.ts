import { randomUUIDv7 } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import { monthGrid } from './days.ts'
import { bar, button, isButtonUrl, labelMax, paged, textOf } from './screen.ts'
import { long, readTap, short, tapOf } from './taps.ts'
import { readUndo, undoId } from './undo.ts'
import { instantOn } from './when.ts'
import { languageFrom, wordsIn } from './words.ts'

describe('a card', () => {
  it('escapes what people wrote wherever it enters a line, and not on a button', () => {
    const name = '<b>&{{school}} $t(stale)'
    const { html, text } = wordsIn('en')
    expect(html('lesson.names', { names: name })).to.equal('👤 &lt;b&gt;&amp;{{school}} $t(stale)')
    expect(text('invite.student', { name })).to.equal(`🎒 ${name}`)
  })

  it('is never longer than Telegram takes: it is cut between lines, and says where the rest is', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 900 }), { maxLength: 12 }), (lines) => {
        const text = textOf(lines, 'more')
        expect(text.length).to.be.at.most(4096)
        expect(text.isWellFormed()).to.equal(true)
        if (lines.join('\n').length > 4096) expect(text.endsWith('\nmore')).to.equal(true)
        else expect(text).to.equal(lines.join('\n'))
      }),
    )
  })

  it('cuts no tag in two', () => {
    const text = textOf(['a'.repeat(4000), `<b>${'b'.repeat(200)}</b>`], 'more')
    expect(text).to.not.contain('<b>')
  })

  it('shows a list by eight, and never a page past its ends', () => {
    const all = Array.from({ length: 17 }, (_, at) => at)
    const turn = (to: number, label: string) => button(label, 'p', String(to))
    const { items, pager } = paged(all, 9, turn)
    expect(items).to.deep.equal([16])
    expect(pager[0]?.map(({ label }) => label)).to.deep.equal(['‹', '3/3', '›'])
    expect(paged(all.slice(0, 8), Number.NaN, turn).pager).to.deep.equal([])
  })

  it('shows progress as a bar', () => {
    expect(bar(620, 1000, 5)).to.equal('▰▰▰▱▱')
    expect([bar(0, 0, 3), bar(9, 3, 3), bar(-1, 3, 3)]).to.deep.equal(['▰▰▰', '▰▰▰', '▱▱▱'])
  })
})

describe('a button', () => {
  it('carries an id in 22 characters, and refuses data that Telegram would refuse', () => {
    const id = randomUUIDv7()
    expect(short(id)).to.have.length(22)
    expect(long(short(id))).to.equal(id)
    expect(readTap(tapOf('les', short(id)))).to.deep.equal({ verb: 'les', id: short(id) })
    expect(() => tapOf('les', 'я'.repeat(29))).to.throw('longer')
    expect(readTap('v2:les:x')).to.equal(undefined)
  })

  it('has a label that is cut by whole characters: no emoji, family or accented letter is halved', () => {
    const lastOf = (label: string) => button(label, 'x').label
    expect(lastOf(`${'A'.repeat(58)}😀b`)).to.equal(`${'A'.repeat(58)}…`)
    expect(lastOf(`${'A'.repeat(50)}👨‍👩‍👧‍👦👨‍👩‍👧‍👦`)).to.equal(`${'A'.repeat(50)}…`)
    expect(lastOf(`${'A'.repeat(58)}e\u0301b`)).to.equal(`${'A'.repeat(58)}…`)
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 90 }), (label) => {
        const shown = lastOf(label)
        expect(shown.isWellFormed()).to.equal(true)
        expect(shown.length).to.be.at.most(labelMax)
        expect(label.startsWith(shown.replace(/…$/, ''))).to.equal(true)
      }),
    )
  })

  it('opens only an address that Telegram takes: with a dot in its host and no space', () => {
    for (const url of ['https://zoom.us/j/1', 'https://встреча.рф/a']) expect(isButtonUrl(url), url).to.equal(true)
    for (const url of ['https://meet/room', 'https://localhost:3000/x', 'https://zoom.us/ j', 'javascript:alert(1)', 'https://a./x'])
      expect(isButtonUrl(url), url).to.equal(false)
  })

  it('can undo for five minutes, and its data fits into 64 bytes', () => {
    const id = randomUUIDv7()
    const at = new Date('2026-11-26T10:00:00Z')
    expect(tapOf('undo', undoId(id, 1_000_000, at)).length).to.be.at.most(64)
    const later = (seconds: number) => readUndo(undoId(id, 7, at), new Date(at.getTime() + seconds * 1000))
    expect(later(300)).to.deep.equal({ id, version: 7, inTime: true })
    expect(later(301).inTime).to.equal(false)
    expect(readUndo('nonsense', at).inTime).to.equal(false)
  })
})

describe('a time', () => {
  it('names the zone where the time in the lesson’s own zone is another', () => {
    const at = '2026-11-03T14:00:00Z'
    expect(instantOn({ language: 'ru', zone: 'Europe/Moscow' }, at)).to.equal('вт, 3 нояб., 17:00')
    expect(instantOn({ language: 'en', zone: 'Asia/Omsk' }, at, 'Europe/Moscow')).to.match(/^Tue,? 3 Nov,? (at )?20:00 \(.+\)$/)
  })
  it('has its place in the grid of a month that begins on a Sunday', () => {
    const grid = monthGrid('2026-11')
    expect(grid[0]).to.deep.equal([undefined, undefined, undefined, undefined, undefined, undefined, '2026-11-01'])
    expect(grid.at(-1)?.[0]).to.equal('2026-11-30')
  })
  it('is Russian unless Telegram says another language', () => {
    expect([undefined, 'ru', 'uk', 'en', 'de'].map((code) => languageFrom(code))).to.deep.equal(['ru', 'ru', 'ru', 'en', 'en'])
  })
})
