import { start } from '../actions/index.js'
await start('run-migrations')
