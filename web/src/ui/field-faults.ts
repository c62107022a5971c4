import { translate } from '../words.ts'

type Field = HTMLInputElement | HTMLTextAreaElement
const isField = (one: Element): one is Field => one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement

/** What is wrong with the fields of a form, by name, before it is sent: in the words of the page, not in a bubble in the browser's language. */
export function faultsIn(form: HTMLFormElement): Record<string, string> {
  const wrong = [...form.elements].filter(isField).filter((field) => field.name && !field.validity.valid)
  wrong[0]?.focus()
  return Object.fromEntries(wrong.map((field) => [field.name, faultOf(field)]))
}

function faultOf(field: Field): string {
  const { valueMissing, typeMismatch, tooShort } = field.validity
  const { min = '', max = '' } = field instanceof HTMLInputElement ? field : {}
  if (valueMissing) return translate('fieldMissing')
  if (tooShort) return translate('fieldShort', { least: field.minLength })
  if (typeMismatch && field.type === 'email') return translate('fieldEmail')
  if (typeMismatch && field.type === 'url') return translate('videoBounds')
  return min && max ? translate('fieldBounds', { min, max }) : field.validationMessage
}
