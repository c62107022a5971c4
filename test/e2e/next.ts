import { breakFile, scratchCopy } from '../scratch.ts'

// Prints the folder of a copy whose lesson service has one migration more: an image built there is what `make e2e` upgrades to.
const { path } = scratchCopy('next')
breakFile(path, {
  file: 'services/lesson/src/service.ts',
  find: 'migrations: [',
  replace: "migrations: [{ name: '9999-next', up: 'alter table lesson add column next text' }, ",
})
console.log(path)
