// @actions/http-client imports undici at load only for a ProxyAgent that most jobs never build; evaluating it costs a
// third of an action's start-up (20 of 64 ms). tsconfig.json `paths` points "undici" here, so it is evaluated on first use.
module.exports = new Proxy(
  {},
  { get: (_target, name) => require('../../../node_modules/undici/index.js')[name] },
)
