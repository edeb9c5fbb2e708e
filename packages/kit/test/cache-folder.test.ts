import { homedir } from 'node:os'
import { describe, expect, it } from '@jest/globals'
import { cacheFolder } from '../src/cache-folder.ts'

const below = (...path: string[]) => [homedir(), ...path, 'tokenledger-actions'].join('/')

describe('the folder of caches', () => {
  it('is where the XDG specification says, and a relative path there counts for nothing', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/somewhere' }, 'darwin')).toBe('/somewhere/tokenledger-actions')
    expect(cacheFolder({ XDG_CACHE_HOME: 'relative' }, 'linux')).toBe(below('.cache'))
  })

  it('is else where the platform keeps such files', () => {
    expect(cacheFolder({}, 'linux')).toBe(below('.cache'))
    expect(cacheFolder({}, 'darwin')).toBe(below('Library', 'Caches'))
    expect(cacheFolder({ LOCALAPPDATA: '/local' }, 'win32')).toBe('/local/tokenledger-actions')
  })
})
