import { ConfigFault, readConfig } from '@repitbot/kit/config'
import { expect } from 'chai'
import { Config } from '../src/config.ts'

describe('the address of the mail server', () => {
  const read = (SMTP_URL: string) => readConfig(Config, { SMTP_URL, SERVICE_SECRET: 'a-service-secret-of-tests' }).SMTP_URL

  for (const [address, pass] of [
    ['smtps://user:p%2Fss%23@mail.example.com:465', 'p/ss#'],
    ['smtp://user:p@ss@mail.example.com', 'p@ss'],
    ['smtp://user:100% of it@mail.example.com', '100% of it'],
    ['smtp://user:p:ss@mail.example.com', 'p:ss'],
    ['smtp://us%40er:@mail.example.com', ''],
  ] as const)
    it(`is taken with its password: ${address}`, () => {
      expect(read(address)).to.deep.include({ host: 'mail.example.com', secure: address.startsWith('smtps') })
      expect(read(address)?.auth?.pass).to.equal(pass)
    })

  it('needs neither port nor password', () => {
    expect(read('smtp://127.0.0.1:2525')).to.deep.equal({ host: '127.0.0.1', port: 2525, secure: false })
    expect(read('smtp://[::1]')).to.deep.equal({ host: '::1', secure: false })
  })

  for (const address of [
    'smtps://user:p/s3cret@mail.example.com',
    'smtps://user:p@ss#s3cret@mail.example.com',
    'smtps://user:25?s3cret@mail.example.com',
    'user:s3cret@mail.example.com',
    's3cret',
    'smtp://',
    'https://user:s3cret@mail.example.com',
    'smtp://mail.example.com/?ignoreTLS=s3cret',
  ])
    it(`is refused by one sentence that does not show it: ${address}`, () => {
      let fault: unknown
      try {
        read(address)
      } catch (error) {
        fault = error
      }
      expect(fault).to.be.instanceOf(ConfigFault)
      const { message } = fault as ConfigFault
      expect(message).to.match(/^SMTP_URL: Expected an address such as smtps:\/\/user:password@mail.example.com; .*%2F/)
      expect(message).to.not.match(/s3cret|\n/)
    })

  it('is not the only one that is not shown: no address with a password is, nor a token', () => {
    for (const [name, value] of [
      ['PUBLIC_URL', `https://user:s3cret@${'x'.repeat(500)}`],
      ['BOT_TOKEN', `s3cret${'1'.repeat(300)}`],
    ] as const) {
      const read = () => readConfig(Config, { [name]: value, SERVICE_SECRET: 'a-service-secret-of-tests' })
      expect(read).to.throw(ConfigFault, new RegExp(`^${name}: `))
      expect(read).to.not.throw(/s3cret/)
    }
  })
})
