export const style = `:root{color-scheme:light dark}
body{font:16px/1.4 system-ui,sans-serif;max-width:40rem;margin:0 auto;padding:.75rem}
h1{font-size:1.25rem}
.bot,.person{border-radius:1rem;padding:.5rem .75rem;margin:.5rem 0 .25rem;white-space:pre-wrap;overflow-wrap:anywhere}
.person{margin-left:20%;background:#0f766e;color:#fff}.bot{margin-right:10%;background:light-dark(#e7eceb,#263332)}
.row{display:flex;gap:.25rem;margin:.25rem 10% .25rem 0}.row form,.row a{flex:1;min-width:0}.row button{width:100%}
button,input,.row a{font:inherit;min-height:2.75rem;padding:.25rem .5rem;border:1px solid light-dark(#8a9a98,#5c6d6b);border-radius:.5rem;box-sizing:border-box}
button{background:light-dark(#fff,#1a2423);color:inherit;cursor:pointer;overflow-wrap:anywhere}.row a{display:grid;place-items:center}
.say{display:flex;gap:.5rem;align-items:end;margin:.75rem 0}.say label{flex:1}.say input{width:100%}
nav{display:flex;flex-wrap:wrap;gap:.25rem;margin:.75rem 0}
[role=status]{position:sticky;bottom:.5rem;background:#1f2937;color:#fff;padding:.5rem .75rem;border-radius:.5rem;width:fit-content;max-width:100%;box-sizing:border-box;margin:.5rem auto}
.people{display:grid;gap:.5rem;padding:0;list-style:none}.people button{width:100%}`

/** Updates parts of the open page, so that what is being typed is kept; sends forms without leaving the page. */
export const script = `const part = (page, id) => page.getElementById(id)
const renew = async () => {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html')
  for (const id of ['chat', 'commands', 'block']) part(document, id).innerHTML = part(page, id).innerHTML
  part(document, 'chat').lastElementChild?.scrollIntoView({ block: 'nearest' })
}
new EventSource(location.pathname.replace(/\\/$/, '') + '/news').onmessage = () => void renew()
document.addEventListener('submit', async (event) => {
  event.preventDefault()
  const form = event.target
  const sent = await fetch(form.action + '?stay', { method: 'POST', body: new URLSearchParams(new FormData(form)) })
  if (sent.ok && form.className === 'say') form.reset()
})
`
