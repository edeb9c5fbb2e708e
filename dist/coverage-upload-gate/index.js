import { start } from '../actions/index.js'
await start('coverage-upload-gate')
