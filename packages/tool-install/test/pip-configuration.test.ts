import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { configuredIndex, parseIndex } from '../src/package-index.ts'
import { configurationFiles, indexUrlIn, pipIndexUrl } from '../src/pip-configuration.ts'
import { folder, removeFolders } from './support/situation.ts'

afterEach(removeFolders)

describe('a pip configuration file', () => {
  it.each([
    ['[global]\nindex-url = https://a.example/simple\n', 'https://a.example/simple'],
    ['[global]\r\nindex_url: https://a.example/simple  \r\n', 'https://a.example/simple'],
    ['[download]\nindex-url=https://d\n[global]\nindex-url=https://g\n', 'https://d'],
    ['[install]\nindex-url=https://i\n', undefined],
    ['# index-url = https://a\n; index-url = https://b\n[global]\ntimeout = 60\n', undefined],
    ['index-url = https://no-section\n', undefined],
    ['', undefined],
  ])('%j names the index %s', (text, url) => {
    expect(indexUrlIn(text)).toBe(url)
  })

  it('is looked for where pip does, the winner first', () => {
    expect(
      configurationFiles({
        env: { PIP_CONFIG_FILE: '/own' },
        os: 'linux',
        home: '/home/a',
        python: '/v/bin/python',
      }),
    ).toEqual([
      '/own',
      '/v/pip.conf',
      '/home/a/.config/pip/pip.conf',
      '/home/a/.pip/pip.conf',
      '/etc/pip.conf',
      '/etc/xdg/pip/pip.conf',
    ])
    expect(configurationFiles({ env: {}, os: 'darwin', home: '/Users/a' })[0]).toBe(
      '/Users/a/Library/Application Support/pip/pip.conf',
    )
    expect(
      configurationFiles({
        env: { APPDATA: 'C:\\A' },
        os: 'win32',
        home: 'C:\\a',
        python: 'D:\\v\\Scripts\\python.exe',
      }),
    ).toEqual([
      'D:\\v\\pip.ini',
      'C:\\A\\pip\\pip.ini',
      'C:\\a\\pip\\pip.ini',
      'C:\\ProgramData\\pip\\pip.ini',
    ])
  })

  it('is not read when PIP_CONFIG_FILE is the null device, and never from the current folder', () => {
    expect(configurationFiles({ env: { PIP_CONFIG_FILE: '/dev/null' }, os: 'linux' })).toEqual([])
    expect(configurationFiles({ env: {}, os: 'linux', home: '/home/a', python: 'python3' })).not.toContain(
      'pip.conf',
    )
  })

  it('of the environment wins over the user’s', async () => {
    const [home, environment] = [folder(), folder()]
    mkdirSync(join(home, '.pip'))
    writeFileSync(join(home, '.pip', 'pip.conf'), '[global]\nindex-url = https://user\n')
    const env = { XDG_CONFIG_DIRS: folder(), VIRTUAL_ENV: environment }
    expect(await pipIndexUrl({ env, os: 'linux', home })).toBe('https://user')
    writeFileSync(join(environment, 'pip.conf'), '[global]\nindex-url = https://environment\n')
    expect(await pipIndexUrl({ env, os: 'linux', home })).toBe('https://environment')
  })
})

describe('the configured index', () => {
  const of = (env: NodeJS.ProcessEnv) =>
    configuredIndex({ env: { PIP_CONFIG_FILE: '/dev/null', ...env }, os: 'linux' })

  it('is uv’s before pip’s', async () => {
    const env = { UV_DEFAULT_INDEX: 'https://a', UV_INDEX_URL: 'https://b', PIP_INDEX_URL: 'https://c' }
    expect((await of(env))?.host).toBe('a')
    expect((await of({ ...env, UV_DEFAULT_INDEX: '' }))?.host).toBe('b')
    expect((await of({ PIP_INDEX_URL: 'https://c' }))?.host).toBe('c')
    expect(await of({})).toBeUndefined()
  })

  it('with a name takes its credentials from the variables of that name', () => {
    const env = { UV_INDEX_MY_CORP_USERNAME: 'ann', UV_INDEX_MY_CORP_PASSWORD: 'pw-long' }
    expect(parseIndex('my-corp=https://corp.example/simple/', env)).toEqual({
      url: 'https://corp.example/simple',
      host: 'corp.example',
      authorization: `Basic ${Buffer.from('ann:pw-long').toString('base64')}`,
    })
  })

  it('that is a folder is refused in words that hold no secret', () => {
    expect(() => parseIndex('file:///srv/index', {})).toThrow('the configured index is not an HTTP address')
  })
})
