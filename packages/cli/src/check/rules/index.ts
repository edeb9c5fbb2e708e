import type { Rule } from '../finding.ts'
import { actionInputs } from './action-inputs.ts'
import { artifactNotUploaded } from './artifact-not-uploaded.ts'
import { artifactRetention } from './artifact-retention.ts'
import { bumpversionCurrent } from './bumpversion-current.ts'
import { bumpversionSearch } from './bumpversion-search.ts'
import { callInputs } from './call-inputs.ts'
import { callKeys } from './call-keys.ts'
import { callOutputs } from './call-outputs.ts'
import { callPermissions } from './call-permissions.ts'
import { calledWorkflowMissing } from './called-workflow-missing.ts'
import { cliffBreakingUnmarked } from './cliff-breaking-unmarked.ts'
import { cliffDropsCommits } from './cliff-drops-commits.ts'
import { cliffLatest } from './cliff-latest.ts'
import { cliffOverwritesChangelog } from './cliff-overwrites-changelog.ts'
import { cliffTagPattern } from './cliff-tag-pattern.ts'
import { concurrencyDeadlock } from './concurrency-deadlock.ts'
import { dependabotCooldown } from './dependabot-cooldown.ts'
import { dependabotEcosystem } from './dependabot-ecosystem.ts'
import { filesNotDownloaded } from './files-not-downloaded.ts'
import { fixedDelimiter } from './fixed-delimiter.ts'
import { hiddenFailure } from './hidden-failure.ts'
import { idTokenWithCode } from './id-token-with-code.ts'
import { invalidYaml } from './invalid-yaml.ts'
import { irreversibleFirst } from './irreversible-first.ts'
import { mergeGroupMissing } from './merge-group-missing.ts'
import { mergeKey } from './merge-key.ts'
import { missingTimeout } from './missing-timeout.ts'
import { needsUnknown } from './needs-unknown.ts'
import { noConcurrency } from './no-concurrency.ts'
import { notAWorkflow } from './not-a-workflow.ts'
import { notCallable } from './not-callable.ts'
import { notesByAwk } from './notes-by-awk.ts'
import { ownPartUnknown } from './own-part-unknown.ts'
import { pathFilter } from './path-filter.ts'
import { permissionsAbsent } from './permissions-absent.ts'
import { permissionsWide } from './permissions-wide.ts'
import { persistedCredentials } from './persisted-credentials.ts'
import { pinnedWithoutVersion } from './pinned-without-version.ts'
import { prereleaseByText } from './prerelease-by-text.ts'
import { pushFromAnyBranch } from './push-from-any-branch.ts'
import { pushToDefaultBranch } from './push-to-default-branch.ts'
import { pypiInCalledWorkflow } from './pypi-in-called-workflow.ts'
import { pypiInComposite } from './pypi-in-composite.ts'
import { rebuiltForPublishing } from './rebuilt-for-publishing.ts'
import { releaseCancelled } from './release-cancelled.ts'
import { releaseStartsNothing } from './release-starts-nothing.ts'
import { requiredCheckUnknown } from './required-check-unknown.ts'
import { retiredAction } from './retired-action.ts'
import { scriptInjection } from './script-injection.ts'
import { secretsNotPassed } from './secrets-not-passed.ts'
import { tagBranchUnchecked } from './tag-branch-unchecked.ts'
import { tagGlob } from './tag-glob.ts'
import { tagStartsNothing } from './tag-starts-nothing.ts'
import { tagVersionUnchecked } from './tag-version-unchecked.ts'
import { unlockedInstall } from './unlocked-install.ts'
import { unpinnedAction } from './unpinned-action.ts'
import { untrustedCheckout } from './untrusted-checkout.ts'
import { uploadNotResumable } from './upload-not-resumable.ts'
import { versionAsNumber } from './version-as-number.ts'

/** Every rule, by name. */
export const rules: readonly Rule[] = [
  actionInputs,
  artifactNotUploaded,
  artifactRetention,
  bumpversionCurrent,
  bumpversionSearch,
  callInputs,
  callKeys,
  callOutputs,
  callPermissions,
  calledWorkflowMissing,
  cliffBreakingUnmarked,
  cliffDropsCommits,
  cliffLatest,
  cliffOverwritesChangelog,
  cliffTagPattern,
  concurrencyDeadlock,
  dependabotCooldown,
  dependabotEcosystem,
  filesNotDownloaded,
  fixedDelimiter,
  hiddenFailure,
  idTokenWithCode,
  invalidYaml,
  irreversibleFirst,
  mergeGroupMissing,
  mergeKey,
  missingTimeout,
  needsUnknown,
  noConcurrency,
  notAWorkflow,
  notCallable,
  notesByAwk,
  ownPartUnknown,
  pathFilter,
  permissionsAbsent,
  permissionsWide,
  persistedCredentials,
  pinnedWithoutVersion,
  prereleaseByText,
  pushFromAnyBranch,
  pushToDefaultBranch,
  pypiInCalledWorkflow,
  pypiInComposite,
  rebuiltForPublishing,
  releaseCancelled,
  releaseStartsNothing,
  requiredCheckUnknown,
  retiredAction,
  scriptInjection,
  secretsNotPassed,
  tagBranchUnchecked,
  tagGlob,
  tagStartsNothing,
  tagVersionUnchecked,
  unlockedInstall,
  unpinnedAction,
  untrustedCheckout,
  uploadNotResumable,
  versionAsNumber,
]
