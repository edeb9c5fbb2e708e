import { findVersionSources, type VersionSource } from '../../src/index.ts'

export type ProjectFiles = Readonly<Record<string, string>>

export const readerOf = (files: ProjectFiles) => (path: string) => files[path]

/** The one source of a project that has just one. */
export function onlySource(files: ProjectFiles, folder = ''): VersionSource {
  const [source, ...more] = findVersionSources(readerOf(files), folder)
  if (!source || more.length > 0)
    throw new Error(`expected one source, found ${source ? more.length + 1 : 0}`)
  return source
}

/** `kind path:line version` of each source. */
export function found(files: ProjectFiles, folder = ''): string[] {
  return findVersionSources(readerOf(files), folder).map(
    ({ kind, path, line, version }) => `${kind} ${path}:${line} ${version}`,
  )
}

/** A pyproject.toml with a dynamic version, for a backend, and what follows. */
export function dynamicProject(backend: string, rest = ''): string {
  const requires = {
    'hatchling.build': 'hatchling',
    'flit_core.buildapi': 'flit_core',
    'pdm.backend': 'pdm-backend',
  }[backend]
  return `[build-system]
requires = ["${requires ?? 'setuptools'}"]
build-backend = "${backend}"

[project]
name = "tokenledger"
description = "An example."
dynamic = ["version"]
${rest}`
}
