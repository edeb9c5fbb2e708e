import { start } from '../actions/index.js'
await start('detect-project')
