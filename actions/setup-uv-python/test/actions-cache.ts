import { restoreCache, saveCache } from '@actions/cache'

/** `save PATH KEY` or `restore PATH KEY [PREFIX]` with @actions/cache itself; prints the matched key or the entry's number. */
const [operation = '', path = '', key = '', prefix] = process.argv.slice(2)
const result =
  operation === 'save' ? saveCache([path], key) : restoreCache([path], key, prefix ? [prefix] : [])
console.log(`result=${await result}`)
