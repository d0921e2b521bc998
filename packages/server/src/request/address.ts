// Where a request comes from. X-Forwarded-For counts only as far as trusted proxies vouch for it.
import { BlockList, isIP } from 'node:net'

export type AddressOf = (socket: string | undefined, forwardedFor: string | undefined) => string

const plain = (address: string): string => (address.startsWith('::ffff:') ? address.slice(7) : address)

/** Addresses and CIDR ranges; throws a sentence for what is neither. */
export const trustedProxies = (list: readonly string[]): BlockList => {
  const trusted = new BlockList()
  for (const entry of list) {
    const [address = '', bits] = entry.split('/')
    const family = isIP(address) === 4 ? 'ipv4' : isIP(address) === 6 ? 'ipv6' : undefined
    const prefix = bits === undefined ? undefined : Number(bits)
    const most = family === 'ipv4' ? 32 : 128
    if (family === undefined || (prefix !== undefined && !(Number.isInteger(prefix) && prefix >= 0 && prefix <= most)))
      throw new Error(`${entry} is neither an address nor a range such as 10.0.0.0/8`)
    if (prefix === undefined) trusted.addAddress(address, family)
    else trusted.addSubnet(address, prefix, family)
  }
  return trusted
}

/** The nearest address that no trusted proxy answers for, read from the right: what stands left of it anybody may have written. */
export const addressReader = (trusted: BlockList | undefined): AddressOf => {
  const vouched = (address: string): boolean => {
    const family = isIP(address)
    return trusted !== undefined && family !== 0 && trusted.check(address, family === 4 ? 'ipv4' : 'ipv6')
  }
  return (socket, forwardedFor) => {
    let address = plain(socket ?? 'unknown')
    if (forwardedFor === undefined || !vouched(address)) return address
    for (const hop of forwardedFor.split(',').reverse()) {
      const next = plain(hop.trim())
      if (isIP(next) === 0) return address
      address = next
      if (!vouched(address)) return address
    }
    return address
  }
}
