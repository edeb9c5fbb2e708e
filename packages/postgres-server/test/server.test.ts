import { chmod, readFile } from 'node:fs/promises'
import { type AddressInfo, createConnection, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { chooseAccount, freePort, isFree, postgresAccount, startPostgres } from '../src/index.ts'

describe('PostgreSQL', () => {
  it('listens on the port with the user and database that were asked for, and ends with nothing left', async () => {
    const folder = join(tempDir(), 'postgres')
    const port = await freePort()
    const options = {
      port,
      folder,
      user: 'ledger',
      password: 'p w',
      database: 'a "b"',
      wantedBy: 'job x',
      env: {},
    }
    // The temporary folder of a test is closed to other accounts; a run's own one is not.
    await chmod(join(folder, '..'), 0o711)
    const postgres = await startPostgres(options)
    const pid = Number((await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0])
    const greeting = await startUp(port, 'ledger', 'a "b"')
    const refusal = await startPostgres({ ...options, folder: `${folder}-2` }).catch(error => error.message)
    await postgres.close()

    expect(postgres.version).toMatch(/^16\.\d+/)
    // 'R' asks for authentication: user and database exist, and a password is wanted (10: SASL).
    expect([greeting.toString('latin1', 0, 1), greeting.readInt32BE(5)]).toEqual(['R', 10])
    expect(refusal).toMatch(
      new RegExp(`^Port ${port}, on which job x expects PostgreSQL, is in use by .*then run this again\\.$`),
    )
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
    expect(await isFree(port)).toBe(true)
  })

  it('says which port is in use before it starts anything', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const wish = { port, folder: join(tempDir(), 'p'), user: 'u', password: '', database: 'd', env: {} }
    await expect(startPostgres({ ...wish, wantedBy: 'job integration' })).rejects.toThrow(
      `Port ${port}, on which job integration expects PostgreSQL, is in use by`,
    )
    server.close()
  })

  it('runs as an unprivileged account that exists, when its user is root', async () => {
    expect(await postgresAccount(1000)).toBeUndefined()
    const root = 'root:x:0:0::/root:/bin/sh'
    const nobody = 'nobody:x:65534:65534::/:/bin/false'
    expect(chooseAccount(`${root}\n${nobody}\npostgres:x:70:71::/:/bin/sh`)).toEqual({ uid: 70, gid: 71 })
    expect(chooseAccount(`${root}\nbin:x:1:1::/:/bin/sh\n${nobody}`)).toEqual({ uid: 65534, gid: 65534 })
    expect(chooseAccount(root)).toBeUndefined()
  })
})

/** Sends PostgreSQL's start-up message and returns the first answer. */
function startUp(port: number, user: string, database: string): Promise<Buffer> {
  const parameters = Buffer.from(`user\0${user}\0database\0${database}\0\0`)
  const head = Buffer.alloc(8)
  head.writeInt32BE(parameters.length + 8, 0)
  head.writeInt32BE(3 << 16, 4)
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write(Buffer.concat([head, parameters])))
    socket.once('error', reject).once('data', answer => {
      socket.destroy()
      resolve(answer)
    })
  })
}
