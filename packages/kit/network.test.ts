import { expect } from 'chai'
import { addressOf, networksOf } from './network.ts'

describe('kit: the address of a client', () => {
  for (const [text, address] of [
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:51234', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['[::ffff:203.0.113.7]:443', '203.0.113.7'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['unknown', undefined],
    ['_hidden', undefined],
    ['203.0.113', undefined],
    ['203.0.113.999', undefined],
    ['', undefined],
  ] as const)
    it(`is ${address ?? 'none'} in "${text}"`, () => expect(addressOf(text)).to.equal(address))

  it('is counted whole with IPv4, and by /64 and /56 with IPv6, in whatever form it is written', () => {
    expect(networksOf('203.0.113.7:1')).to.deep.equal({ narrow: '203.0.113.7', wide: undefined })
    expect(networksOf('2001:db8:1:2ff::7')).to.deep.equal({ narrow: '2001:db8:1:2ff::/64', wide: '2001:db8:1:200::/56' })
    expect(networksOf('2001:db8:1:2FF:0:0:0:9')).to.deep.equal(networksOf('[2001:db8:1:2ff::7]:80'))
    expect(networksOf('2001:db8:1:2fe::7').narrow).to.not.equal(networksOf('2001:db8:1:2ff::7').narrow)
    expect(networksOf('2001:db8:1:3ff::7').wide).to.not.equal(networksOf('2001:db8:1:2ff::7').wide)
    expect(networksOf('::1')).to.deep.equal({ narrow: '0:0:0:0::/64', wide: '0:0:0:0::/56' })
  })
})
