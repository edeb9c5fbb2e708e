import { BlockList, isIP, isIPv6 } from 'node:net'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

/** RFC 1918, unique local addresses (RFC 4193) and IPv6 link-local ones. Container networks lie in them. */
const privateNetworks = new BlockList()
privateNetworks.addSubnet('10.0.0.0', 8)
privateNetworks.addSubnet('172.16.0.0', 12)
privateNetworks.addSubnet('192.168.0.0', 16)
privateNetworks.addSubnet('fc00::', 7, 'ipv6')
privateNetworks.addSubnet('fe80::', 10, 'ipv6')

/** The folder of a Unix socket, as libpq tells it from a name. */
export function isSocket(host: string): boolean {
  return host.startsWith('/')
}

/** A name without a dot, as services of a job and containers have: `postgres`, `localhost`. */
export function isSingleLabel(host: string): boolean {
  return !isSocket(host) && !isIP(withoutZone(host)) && !host.includes('.')
}

export function isLoopback(address: string): boolean {
  return isIn(loopback, address)
}

export function isLoopbackOrPrivate(address: string): boolean {
  return isIn(loopback, address) || isIn(privateNetworks, address)
}

/** Local as far as the spelling tells: a socket, a loopback address, or a name that only a local network resolves. */
export function looksLocal(host: string): boolean {
  return isSocket(host) || isLoopback(host) || isSingleLabel(host)
}

/** Whether a host may stand in a message: a socket, an address, or a name of letters, digits, `.`, `-` and `_`. */
export function isHost(host: string): boolean {
  return isSocket(host) || isIP(withoutZone(host)) !== 0 || /^[\p{L}\p{N}_][\p{L}\p{N}._-]*$/u.test(host)
}

function isIn(list: BlockList, address: string): boolean {
  const bare = withoutZone(address)
  return isIP(bare) !== 0 && list.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4')
}

/** `fe80::1%eth0` without the interface. */
function withoutZone(address: string): string {
  return address.replace(/%.*$/, '')
}
