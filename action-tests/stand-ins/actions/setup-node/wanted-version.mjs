/** The version that a version file names: package.json, .tool-versions, or a file with the version alone. */
export function versionIn(name, text) {
  if (name.endsWith('package.json')) {
    const { volta, devEngines, engines } = JSON.parse(text)
    const runtimes = [devEngines?.runtime ?? []].flat()
    return volta?.node ?? runtimes.find(runtime => runtime.name === 'node')?.version ?? engines?.node ?? ''
  }
  const named = /^node(?:js)?\s+v?(\S+)/m.exec(text)
  return (named ?? /^v?([^\s#]+)/m.exec(text))?.[1] ?? ''
}

/**
 * Whether an installed version (`v24.21.0`) has a major that `wanted` asks for. Ranges joined by `||` count each for
 * itself; names (lts/*, latest, current, node) fit whatever there is.
 */
export function accepts(wanted, installed) {
  const major = majorOf(installed)
  return wanted.split('||').some(range =>
    range
      .trim()
      .split(/\s+(?=[<>=^~v\d])/)
      .every(part => fits(part.trim(), major)),
  )
}

function fits(part, major) {
  const [, sign = '', number] = /^(>=|<=|>|<|=|\^|~)?\s*v?(\d+)/.exec(part) ?? []
  if (number === undefined) return true
  const wanted = Number(number)
  if (sign === '>=' || sign === '>') return major >= wanted
  if (sign === '<=') return major <= wanted
  // `<25` and `<25.0.0` leave 25 out; `<25.3.0` does not.
  if (sign === '<') return /\.[1-9]/.test(part) ? major <= wanted : major < wanted
  return major === wanted
}

function majorOf(version) {
  return Number(/\d+/.exec(version)?.[0])
}
