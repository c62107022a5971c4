import { publicFeature } from '../feature.ts'
import { lastRow } from '../flows/show-menu.ts'

export const help = publicFeature({
  command: 'help',
  open: (context) => {
    const { words, pageUrl, me } = context
    const rows = context.commands().map((command) => words.html('help.row', { command, about: words.text(`commands.${command}.about`) }))
    const stranger = me ? [] : [words.html('stranger', { url: pageUrl }), '']
    return {
      lines: [...stranger, words.html('help.known'), ...rows, '', words.html('help.more', { url: pageUrl })],
      rows: me ? lastRow(context) : [],
    }
  },
})
