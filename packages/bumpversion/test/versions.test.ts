import { describe, expect, it } from '@jest/globals'
import { bump, failureOf, pyproject } from './project.ts'

const project = (body: string): Record<string, string> => ({ 'pyproject.toml': pyproject(body) })
const refusal = (body: string, request: Parameters<typeof bump>[1]): string =>
  failureOf(() => bump(project(body), request))
const DEFAULT = '(?P<major>\\d+)\\.(?P<minor>\\d+)\\.(?P<patch>\\d+)'

describe('a bump', () => {
  it('of an unknown part lists the known ones', () => {
    expect(refusal('current_version = "1.2.3"', 'build')).toBe(
      'BUMP_PART_UNKNOWN: "build" is no part of this version; known are major, minor, patch',
    )
  })

  it('of a part that is at its end says so', () => {
    const body = `current_version = "1b"\nparse = '(?P<n>\\d)(?P<x>[a-z])'\nserialize = ["{n}{x}"]\n[tool.bumpversion.parts.x]\nvalues = ["a", "b"]`
    expect(refusal(body, 'x')).toBe(
      'BUMP_PART_EXHAUSTED: part x is already at the last of "a", "b"; bump another part',
    )
    expect(refusal(body.replace('"1b"', '"1c"'), 'x')).toBe(
      'BUMP_PART_EXHAUSTED: part x is "c", which is not one of "a", "b"',
    )
  })

  it.each([
    ['1.2.3.post1', 'reads only "1.2.3" of it'],
    ['1.2.3rc1', 'reads only "1.2.3" of it'],
    ['2024-1.2.3', 'reads only "1.2.3" of it'],
    ['one', 'does not match it'],
  ])('of %s, which parse does not read whole, is refused', (version, how) => {
    expect(refusal(`current_version = "${version}"`, 'patch')).toBe(
      `BUMP_VERSION_UNREADABLE: current_version is "${version}", but parse "${DEFAULT}" of pyproject.toml ${how}; correct the version or parse`,
    )
  })

  it.each(['garbage', '4.5', '4.5.6.7', 'v4.5.6'])(
    'to %s, which parse does not read whole, is refused',
    newVersion => {
      expect(refusal('current_version = "1.2.3"', { newVersion })).toMatch(
        new RegExp(`^BUMP_VERSION_UNREADABLE: new-version is "${newVersion}", but parse`),
      )
    },
  )

  it('to a new version is a bump of the first part that differs', () => {
    expect(bump(project('current_version = "1.2.3"'), { newVersion: '1.4.0' }).bumped).toMatchObject({
      part: 'minor',
      current: '1.2.3',
      next: '1.4.0',
      changed: true,
      currentParts: { major: '1', minor: '2', patch: '3' },
      nextParts: { major: '1', minor: '4', patch: '0' },
    })
  })

  it('warns when the bump after it could not read what it writes', () => {
    const body = 'current_version = "1.8.9"\nserialize = ["{major}.{minor}.{patch}", "{major}.{minor}"]'
    expect(bump(project(body), 'minor').bumped).toMatchObject({
      next: '1.9',
      warnings: [`1.9 is not read back by parse "${DEFAULT}"; the bump after this one may fail`],
    })
    expect(bump(project(body), 'patch').bumped.warnings).toEqual([])
  })

  it('refuses rules of parts that make no sense', () => {
    const part = (rule: string): string =>
      refusal(`current_version = "1.2.3"\n[tool.bumpversion.parts.minor]\n${rule}`, 'minor')
    expect(part('values = ["a"]\noptional_value = "b"')).toBe(
      'BUMP_CONFIG_INVALID: optional_value "b" of part minor is not one of "a"',
    )
    expect(part('first_value = "x"')).toBe(
      'BUMP_CONFIG_INVALID: first_value "x" of part minor holds no digit',
    )
    expect(part('first_value = "r1"')).toBe(
      'BUMP_CONFIG_INVALID: first_value "r1" of part minor must be a whole number',
    )
    expect(part('first_value = 5')).toBe(
      'BUMP_PART_EXHAUSTED: part minor is 2, which is below its first_value 5',
    )
    expect(part('calver_format = "{INC0}"')).toMatch(
      /^BUMP_TEMPLATE_INVALID: calver_format: \{INC0\} is no CalVer code; known are YYYY /,
    )
  })

  it('raises numbers of any length', () => {
    const long = '9'.repeat(40)
    expect(bump(project(`current_version = "1.2.${long}"`), 'patch').bumped.next).toBe(
      `1.2.1${'0'.repeat(40)}`,
    )
  })
})
