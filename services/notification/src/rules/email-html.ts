import type { Message } from './channel.ts'

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

/** One table, inline styles, no pictures: every mail program shows it alike, in dark mode too. */
export function emailHtml({ language, school, title, body, link, unsubscribe }: Message, footer: string): string {
  const paragraphs = body.split('\n').map((line) => `<div style="margin:0 0 6px">${escaped(line)}</div>`)
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escaped(title)}</title></head>
<body style="margin:0;padding:24px;${font}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" width="100%" style="max-width:520px" cellpadding="0" cellspacing="0"><tr><td style="${font};font-size:16px;line-height:1.5">
${school ? `<p style="margin:0 0 12px;font-size:13px;color:#6b7280">${escaped(school)}</p>\n` : ''}<h1 style="margin:0 0 12px;font-size:20px;line-height:1.3">${escaped(title)}</h1>
${paragraphs.join('\n')}
<p style="margin:20px 0"><a href="${escaped(link.url)}" style="display:inline-block;padding:10px 18px;border-radius:8px;background:#0f5c57;color:#ffffff;text-decoration:none">${escaped(link.label)}</a></p>
<p style="margin:0;font-size:13px;color:#6b7280">${escaped(footer)}${unsubscribe ? ` <a href="${escaped(unsubscribe.url)}" style="color:#6b7280">${escaped(unsubscribe.label)}</a>` : ''}</p>
</td></tr></table>
</td></tr></table>
</body></html>`
}

export const emailText = ({ body, link, unsubscribe }: Message, footer: string) =>
  `${body}\n\n${link.label}: ${link.url}\n\n--\n${footer}${unsubscribe ? `\n${unsubscribe.label}: ${unsubscribe.url}` : ''}`
