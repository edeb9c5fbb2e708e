import type { Pyproject } from '../pyproject.ts'
import { arrayOf, stringOf, stringsOf, type Table, tableOf } from '../toml.ts'
import { within } from './checkout.ts'

/** What a build backend's settings say: the packages themselves, or only the directory that they are in. */
export interface PackageConfiguration {
  /** Candidates, relative to the project. */
  readonly paths: readonly string[]
  /** Directory in which to look when no path is named. */
  readonly root?: string
  /** The setting that says so. */
  readonly where: string
}

/** The settings of the backends that name packages, in the order in which they are asked. */
export function packageConfigurations({ tool, name }: Pyproject): PackageConfiguration[] {
  return [
    ...hatch(tableOf(tool.hatch)),
    ...uvBuild(tableOf(tableOf(tool.uv)['build-backend']), name),
    ...poetry(tableOf(tool.poetry)),
    ...pdm(tableOf(tableOf(tool.pdm).build)),
    ...flit(tableOf(tableOf(tool.flit).module)),
    ...setuptools(tableOf(tool.setuptools)),
  ]
}

function hatch(hatchTable: Table): PackageConfiguration[] {
  const build = tableOf(hatchTable.build)
  const wheel = tableOf(tableOf(build.targets).wheel)
  const of = (table: Table, key: string, where: string) => ({
    paths: stringsOf(table[key]).map(asPath),
    where,
  })
  return [
    of(wheel, 'packages', '[tool.hatch.build.targets.wheel] packages'),
    of(wheel, 'only-include', '[tool.hatch.build.targets.wheel] only-include'),
    of(build, 'packages', '[tool.hatch.build] packages'),
  ].filter(({ paths }) => paths.length > 0)
}

/** uv's backend looks in `src` and for the project's name unless told otherwise. */
function uvBuild(table: Table, projectName: string | undefined): PackageConfiguration[] {
  const names = [...stringsOf(table['module-name']), ...stringsOf([table['module-name']])]
  const root = stringOf(table['module-root'])
  if (names.length === 0 && root === undefined) return []
  const modules = names.length > 0 ? names : [(projectName ?? '').replace(/[-.]/g, '_').toLowerCase()]
  return [
    {
      paths: modules.map(module => within(asPath(root ?? 'src'), modulePath(module))),
      where: '[tool.uv.build-backend]',
    },
  ]
}

function poetry(table: Table): PackageConfiguration[] {
  const packages = arrayOf(table.packages).map(entry => tableOf(entry))
  const paths = packages.flatMap(({ include, from }) =>
    typeof include === 'string' ? [within(asPath(stringOf(from) ?? ''), asPath(include))] : [],
  )
  return paths.length > 0 ? [{ paths, where: '[tool.poetry] packages' }] : []
}

/** PDM's `includes` often names the directory `src` rather than the packages in it. */
function pdm(table: Table): PackageConfiguration[] {
  const directory = stringOf(table['package-dir'])
  const includes = stringsOf(table.includes).map(asPath)
  const paths = includes.filter(path => path !== 'src')
  return [
    ...(paths.length > 0 ? [{ paths, where: '[tool.pdm.build] includes' }] : []),
    ...(includes.includes('src') ? [{ paths: [], root: 'src', where: '[tool.pdm.build] includes' }] : []),
    ...(directory !== undefined
      ? [{ paths: [], root: asPath(directory), where: '[tool.pdm.build] package-dir' }]
      : []),
  ]
}

function flit({ name }: Table): PackageConfiguration[] {
  if (typeof name !== 'string') return []
  const path = modulePath(name)
  return [{ paths: [within('src', path), path], where: '[tool.flit.module] name' }]
}

function setuptools(table: Table): PackageConfiguration[] {
  const directory = asPath(stringOf(tableOf(table['package-dir'])['']) ?? '')
  const named = stringsOf(table.packages).filter(name => !name.includes('.'))
  const roots = stringsOf(tableOf(tableOf(table.packages).find).where).map(asPath)
  const modules = stringsOf(table['py-modules'])
  return [
    ...(named.length > 0
      ? [{ paths: named.map(name => within(directory, name)), where: '[tool.setuptools] packages' }]
      : []),
    ...roots.map(root => ({ paths: [], root, where: '[tool.setuptools.packages.find] where' })),
    ...(directory ? [{ paths: [], root: directory, where: '[tool.setuptools] package-dir' }] : []),
    ...(modules.length > 0
      ? [
          {
            paths: modules.map(name => within(directory, `${name}.py`)),
            where: '[tool.setuptools] py-modules',
          },
        ]
      : []),
  ]
}

function modulePath(module: string): string {
  return module.replaceAll('.', '/')
}

/** `./src/` and `/src` mean `src`, `.` means the project itself. */
function asPath(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/^(\.?\/)+/, '')
    .replace(/\/+(\*\*?)?$/, '')
    .replace(/^\.$/, '')
}
