import { basename } from 'node:path'
import { Failure } from '../../shared/runner.mjs'

/** Which of the files the index has, by its Simple API. twine itself asks only at PyPI. */
export async function existing(index, files) {
  const projects = new Set(files.map(projectOf))
  const pages = await Promise.all([...projects].map(project => page(index, project)))
  const names = pages.flatMap(html => [...html.matchAll(/>([^<>]+)<\/a>/g)].map(([, name]) => name.trim()))
  return new Set(files.map(path => basename(path)).filter(name => names.includes(name)))
}

/** PEP 503: runs of - _ . are one dash. */
function projectOf(path) {
  const [name] = basename(path).split(/-\d/)
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}

async function page(index, project) {
  const response = await fetch(new URL(`simple/${project}/`, index), { headers: { accept: 'text/html' } })
  if (response.ok) return response.text()
  if (response.status === 404) return ''
  throw new Failure(`The index does not say what it has of ${project} (HTTP ${response.status}).`)
}
