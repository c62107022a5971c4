import qrcode from 'qrcode-generator'

/** Dark on white in both themes, with the quiet margin that cameras need. */
export function Qr({ text, label }: { text: string; label: string }) {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const count = code.getModuleCount()
  const all = Array.from({ length: count * count }, (_, at) => [Math.floor(at / count), at % count] as const)
  const path = all.filter(([row, column]) => code.isDark(row, column)).map(([row, column]) => `M${column + 4} ${row + 4}h1v1h-1z`)
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`0 0 ${count + 8} ${count + 8}`} shapeRendering="crispEdges">
      <rect width="100%" height="100%" fill="#fff" />
      <path d={path.join('')} fill="#000" />
    </svg>
  )
}
