import { start } from '../actions/index.js'
await start('setup-uv-python')
