import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from '@jest/globals'
import { isComplete, publish, slots } from '../src/tool-cache.ts'
import { folder, removeFolders } from './support/situation.ts'

afterEach(removeFolders)

const at = (root: string) => slots({ RUNNER_TOOL_CACHE: root }, '0.12.5', 'x64', 'uv')
const fillWith = (content: string) => async (directory: string) => {
  await writeFile(join(directory, 'uv'), content)
  return content.length
}

describe('the tool cache', () => {
  it('keeps a tool where @actions/tool-cache looks for it', async () => {
    const root = folder()
    const { slot, result } = await publish(at(root), fillWith('uv'))
    expect(slot).toEqual({
      directory: join(root, 'uv', '0.12.5', 'x64'),
      program: join(root, 'uv', '0.12.5', 'x64', 'uv'),
      marker: join(root, 'uv', '0.12.5', 'x64.complete'),
    })
    expect(result).toBe(2)
    expect(isComplete(slot)).toBe(true)
    expect(readdirSync(dirname(slot.directory)).sort()).toEqual(['x64', 'x64.complete'])
  })

  it('shows nothing under the final name before the tool is whole', async () => {
    const [slot] = at(folder())
    await publish(slot ? [slot] : [], async directory => {
      expect(existsSync(slot?.directory ?? '')).toBe(false)
      return fillWith('uv')(directory)
    })
    expect(slot && isComplete(slot)).toBe(true)
  })

  it('keeps nothing of an installation that failed', async () => {
    const root = folder()
    const failing = publish(at(root), async directory => {
      await fillWith('half')(directory)
      throw new Error('wrong digest')
    })
    await expect(failing).rejects.toThrow('wrong digest')
    expect(readdirSync(join(root, 'uv', '0.12.5'))).toEqual([])
  })

  it('lets installers at a time end with one whole tool', async () => {
    const root = folder()
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        publish(at(root), async directory => {
          await sleep(index % 3)
          return fillWith(`uv ${index}`)(directory)
        }),
      ),
    )
    for (const { slot } of all) expect(isComplete(slot)).toBe(true)
    expect(readFileSync(join(root, 'uv', '0.12.5', 'x64', 'uv'), 'utf8')).toMatch(/^uv \d$/)
    expect(readdirSync(join(root, 'uv', '0.12.5')).sort()).toEqual(['x64', 'x64.complete'])
  })

  it('replaces a directory without a marker once its installer had its time', async () => {
    const root = folder()
    const directory = join(root, 'uv', '0.12.5', 'x64')
    mkdirSync(directory, { recursive: true })
    writeFileSync(join(directory, 'uv'), 'half')
    const { slot } = await publish(at(root), fillWith('whole'))
    expect(readFileSync(slot.program, 'utf8')).toBe('whole')
    expect(isComplete(slot)).toBe(true)
  })

  it('does not take a marker without a program for a tool', async () => {
    const root = folder()
    const [slot] = at(root)
    mkdirSync(join(root, 'uv', '0.12.5', 'x64'), { recursive: true })
    writeFileSync(join(root, 'uv', '0.12.5', 'x64.complete'), '')
    expect(slot && isComplete(slot)).toBe(false)
    await publish(at(root), fillWith('whole'))
    expect(slot && isComplete(slot)).toBe(true)
  })

  it('removes what dead installers left and leaves the living alone', async () => {
    const root = folder()
    const [young, old] = ['.x64-0123456789ab', '.x64-ba9876543210'].map(name =>
      join(root, 'uv', '0.12.5', name),
    )
    for (const path of [young, old]) mkdirSync(path ?? '', { recursive: true })
    utimesSync(old ?? '', new Date(0), new Date(0))
    await publish(at(root), fillWith('uv'))
    expect([young, old].map(path => existsSync(path ?? ''))).toEqual([true, false])
  })

  it('falls back to the job’s temp folder where the first may not be written to', async () => {
    const temp = folder()
    const candidates = slots(
      { RUNNER_TOOL_CACHE: '/sys/tool-cache', RUNNER_TEMP: temp },
      '0.12.5',
      'x64',
      'uv',
    )
    const { slot } = await publish(candidates, fillWith('uv'))
    expect(slot.directory).toBe(join(temp, 'tool-cache', 'uv', '0.12.5', 'x64'))
  })

  it('says what to set when there is no place at all', () => {
    expect(() => slots({}, '0.12.5', 'x64', 'uv')).toThrow(
      'There is no place to install uv to: neither RUNNER_TOOL_CACHE nor RUNNER_TEMP is set.',
    )
  })
})
