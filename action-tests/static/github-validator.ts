// Checks workflows and actions with GitHub's own validator. It imports JSON files without saying so, which Node
// refuses: the test bundles this program first. Arguments: the root, the own `owner/name`, then the files.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { FeatureFlags } from '@actions/expressions'
import { validate } from '@actions/languageservice'
import { fileIdentifier } from '@actions/workflow-parser/workflows/file-reference'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { parse } from 'yaml'

const [root = '.', own = '', ...files] = process.argv.slice(2)
const SEVERITIES = ['', 'error', 'warning', 'information', 'hint']

type Configuration = NonNullable<Parameters<typeof validate>[1]>
type FileReference = Parameters<NonNullable<Configuration['fileProvider']>['getFileContent']>[0]

const configuration: Configuration = {
  featureFlags: new FeatureFlags({ allowCaseFunction: true }),
  contextProviderConfig: { getContext: async () => undefined },
  fileProvider: {
    async getFileContent(reference) {
      const path = ownPath(reference)
      if (path === undefined || !existsSync(join(root, path))) {
        throw new Error(`not found: ${fileIdentifier(reference)}`)
      }
      return { name: path, content: readFileSync(join(root, path), 'utf8') }
    },
  },
  actionsMetadataProvider: {
    async fetchActionMetadata({ owner, name, path = '' }) {
      const folder = `${owner}/${name}` === own ? path : `action-tests/stand-ins/${name}`
      const description = join(root, folder, 'action.yml')
      // What cannot be looked up here counts as an action that declares no inputs: they are not checked.
      return existsSync(description) ? parse(readFileSync(description, 'utf8')) : { name, description: '' }
    },
  },
}

/** Path below the root of a file that `$/…`, `./…` or `owner/name/…@ref` of the own repository means. */
function ownPath(reference: FileReference): string | undefined {
  if (!('repository' in reference)) return reference.path
  return `${reference.owner}/${reference.repository}` === own ? reference.path : undefined
}

for (const file of files) {
  const uri = pathToFileURL(join(root, file)).href
  const document = TextDocument.create(uri, 'yaml', 0, readFileSync(join(root, file), 'utf8'))
  for (const { range, severity = 1, message } of await validate(document, configuration)) {
    console.log(`${file}:${range.start.line + 1} ${SEVERITIES[severity]}: ${message}`)
  }
}
