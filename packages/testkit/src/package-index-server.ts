import { messageOf } from '@tokenledger/kit'
import { startPackageIndex } from './package-index.ts'

/**
 * Serves this computer's package index on a fixed loopback port until it is stopped:
 * `node packages/testkit/src/package-index-server.ts [port] [cache folder]`.
 * The port's default is the one that the lock file of examples/tokenledger names.
 */
const [port = '8613', cacheDirectory] = process.argv.slice(2)
try {
  const index = await startPackageIndex({ port: Number(port), ...(cacheDirectory ? { cacheDirectory } : {}) })
  console.log(`Package index at ${index.url} (Ctrl-C ends it)`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void index.close().then(() => process.exit(0)))
  }
} catch (error) {
  const inUse = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
  console.error(
    inUse ? `Port ${port} is in use; stop the other program or give another port.` : messageOf(error),
  )
  process.exitCode = 1
}
