/** Thrown by a check that cannot run here, with the reason and the remedy; never a verdict about the migrations. */
export class CannotRun extends Error {}
