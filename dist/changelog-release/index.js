import { start } from '../actions/index.js'
await start('changelog-release')
