import { openFeature } from '../feature.ts'
import { lastRow } from '../flows/show-menu.ts'

export const help = openFeature({
  command: 'help',
  open: (talk) => {
    const { words, pageUrl, me } = talk
    const rows = talk.commands().map((command) => words.line('help.row', { command, about: words.plain(`commands.${command}.about`) }))
    const stranger = me ? [] : [words.line('stranger', { url: pageUrl }), '']
    return {
      lines: [...stranger, words.line('help.known'), ...rows, '', words.line('help.more', { url: pageUrl })],
      rows: me ? lastRow(talk) : [],
    }
  },
})
