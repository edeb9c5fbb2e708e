import { start } from '../actions/index.js'
await start('version-bump')
