/** Gives the paths of the repository that a normalized name of a report can stand for, by one way of reading it. */
export type Reading = (name: string) => readonly string[]
