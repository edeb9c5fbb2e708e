// A process of its own for tests that kill it or that need a fresh global proxy: installs uv as the JSON in its argument
// says and prints the result or the error's message.
import { installIn } from '../../src/install.ts'

const { around, request } = JSON.parse(process.argv[2] ?? '')
try {
  console.log(JSON.stringify(await installIn(around, request)))
} catch (error) {
  console.log(JSON.stringify({ message: (error as Error).message }))
}
