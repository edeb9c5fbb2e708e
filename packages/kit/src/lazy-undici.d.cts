export * from '../../../node_modules/undici/index.js'
