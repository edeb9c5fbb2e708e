import { run } from '@tokenledger/kit'

/** Every JavaScript action by its folder's name. Each is a chunk of its own, so a job loads only the one it uses. */
const actions = {
  'changelog-release': () => import('./changelog-release/src/index.ts'),
  'coverage-upload-gate': () => import('./coverage-upload-gate/src/index.ts'),
  'detect-project': () => import('./detect-project/src/index.ts'),
  gate: () => import('./gate/src/index.ts'),
  'run-migrations': () => import('./run-migrations/src/index.ts'),
  'setup-uv-python': () => import('./setup-uv-python/src/index.ts'),
  'version-bump': () => import('./version-bump/src/index.ts'),
}

/** The entry of the shared bundle; `dist/<name>/index.js` calls it. */
export const start = (name: keyof typeof actions): Promise<void> =>
  run(async () => {
    const { main } = await actions[name]()
    await main()
  })

/** The command line; `dist/cli/index.js` calls it. */
export const startProgram = async (): Promise<void> => {
  const { startProgram: start } = await import('../packages/cli/src/start.ts')
  await start()
}
