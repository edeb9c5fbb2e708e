export const id=544;export const ids=[544];export const modules={1220:(e,t,n)=>{n.d(t,{k:()=>h});var r=n(7396),i=n(9880),o=n(8451);function s(e,t,n,r){let i=`![${function(e){return e.replace(/\s+/g," ").replace(/[\\`*_[\]<>|~&!]/g,e=>`\\${e}`)}(t)}](${n})`;return{subject:e,markdown:r?`[${i}](${r})`:i}}function a(e,t,n){let[r,i]=[e,t].map(e=>l(e.replaceAll("-","--").replaceAll("_","__")));return`https://img.shields.io/badge/${r}-${i}-${n}`}function l(e){return encodeURIComponent(e).replace(/[()!'*]/g,e=>`%${e.charCodeAt(0).toString(16).toUpperCase()}`)}let c=["codecov.yml",".codecov.yml",".github/codecov.yml"],u=/^[ \t]*codecov-upload:[ \t]*['"]?(?:auto|required)\b|^[ \t-]*uses:[ \t]*['"]?codecov\/codecov-action@|^[ \t]*(?:-?[ \t]*run:[ \t]*)?codecov(?:cli)?[ \t]+upload/m,d=[[/^License :: OSI Approved :: MIT License$/,"MIT"],[/^License :: OSI Approved :: Apache Software License$/,"Apache-2.0"],[/^License :: OSI Approved :: ISC License/,"ISC"],[/^License :: OSI Approved :: Mozilla Public License 2\.0/,"MPL-2.0"],[/^License :: OSI Approved :: GNU General Public License v3 \(GPLv3\)$/,"GPL-3.0-only"],[/^License :: OSI Approved :: GNU General Public License v3 or later/,"GPL-3.0-or-later"]],p=/^[\w.+() -]{2,60}$/;function h(e,t=[]){let n=function({remote:e,project:t}){let n=Object.values((0,r.c_)((0,r.c_)(t.pyproject.document.project).urls)).map(String);return e??n.flatMap(e=>(0,o.J)(e)??[])[0]}(e);return[n&&function({workflows:e},{owner:t,name:n},r){let o=["ci.yml","ci.yaml"].find(t=>e.includes(t)||r.includes(`${i.v1}/${t}`)),a=`https://github.com/${t}/${n}/actions/workflows/${o}`;return void 0===o?void 0:s("CI","CI",`${a}/badge.svg`,a)}(e,n,t),n&&function(e,t){let{owner:n,name:r}=t,o=e.branch.split("/").map(l).join("/");if(function({workflows:e,read:t}){return!!c.some(e=>void 0!==t(e))||e.some(e=>u.test(t(`${i.v1}/${e}`)??""))}(e)){let t=`https://codecov.io/gh/${n}/${r}`;return s("coverage","codecov",`${t}/branch/${l(e.branch)}/graph/badge.svg`,t)}let a=function({project:{checkout:e}}){return e.files.filter(e=>/(?:coverage|badge)[^/]*\.json$/i.test(e)).find(t=>{try{let{schemaVersion:n,label:r}=JSON.parse(e.text(t)??"");return 1===n&&"coverage"===r}catch{return!1}})}(e);if(void 0===a)return;let d=a.split("/").map(l).join("/"),p=`https://raw.githubusercontent.com/${n}/${r}/${o}/${d}`;return s("coverage","coverage",`https://img.shields.io/endpoint?url=${l(p)}`)}(e,n),...function({project:e,findings:t}){let{pyproject:n}=e,i=n.classifiers.some(e=>e.startsWith("Private ::"));if(!t["has-package"].value||i||void 0===n.name)return[];let o=l((0,r.Pc)(n.name)),c=`https://badge.fury.io/py/${o}`,u=s("version on PyPI","PyPI version",`${c}.svg`,c),d=(0,r.nq)(n).length>0?`https://img.shields.io/pypi/pyversions/${o}.svg`:n.requiresPython&&a("python",n.requiresPython,"blue");return d?[u,s("Python versions","Python versions",d,c)]:[u]}(e),function(e){let t=function({project:e}){let{document:t,tool:n,classifiers:i}=e.pyproject,{license:o}=(0,r.c_)(t.project),s=[o,(0,r.c_)(o).text,(0,r.c_)(n.poetry).license].map(r.Je);return s.find(e=>void 0!==e&&p.test(e.trim()))?.trim()??d.find(([e])=>i.some(t=>e.test(t)))?.[1]}(e);return void 0===t?void 0:s("licence",`License: ${t}`,a("License",t,"blue"),function({project:e}){return e.checkout.files.filter(e=>/^(?:LICEN[CS]E|COPYING)(?:\.(?:md|txt|rst))?$/i.test(e))[0]}(e))}(e),f(e,"ruff")?m:void 0,f(e,"mypy")?g:void 0].filter(e=>void 0!==e)}function f({findings:e,project:t},n){if(e[`${n}-config`].value)return!0;let{pyproject:o}=t,s="ruff"===n?"lint":"types";return[...(0,i.c3)(e[`${s}-extras`].value).map(e=>({kind:"extra",name:e})),...(0,i.c3)(e[`${s}-groups`].value).map(e=>({kind:"group",name:e}))].some(e=>(0,r.CG)(o,e).some(e=>(0,r.xV)(e)===n))}let m=s("ruff","Code style: ruff","https://img.shields.io/endpoint?url=https://raw.githubusercontent.com/astral-sh/ruff/main/assets/badge/v2.json","https://github.com/astral-sh/ruff"),g=s("mypy","Checked with mypy","https://www.mypy-lang.org/static/mypy_badge.svg","https://mypy-lang.org/")},9880:(e,t,n)=>{n.d(t,{c3:()=>u,s6:()=>c,v1:()=>l});var r=n(3024),i=n(6760),o=n(8611),s=n(1409),a=n(8451);let l=".github/workflows";async function c(e){if(!(0,r.existsSync)(e))throw new o.yo(`There is no folder ${e}.`);let t=(0,r.realpathSync)(e),n=(0,o.c8)(t),c=(await n.read("rev-parse","--show-toplevel"))?.trim();if(c&&(0,i.resolve)(c)!==t)throw new o.yo(`${t} is a part of the repository ${c}. GitHub reads workflows at its top only: give that folder.`);(function(e){if(!(0,r.existsSync)((0,i.join)(e,"pyproject.toml")))throw new o.yo(`There is no pyproject.toml in ${e}, and everything is decided by it. Give the folder of a Python project, or add the file.`)})(t);let u=await (0,s.Wh)(t,t);return{root:t,project:u,findings:(0,s.XC)(u),remote:(0,a.J)(await n.read("remote","get-url","origin")??""),branch:await d(n),workflows:function(e){return(0,r.existsSync)(e)?(0,r.readdirSync)(e).filter(e=>/\.ya?ml$/.test(e)).sort():[]}((0,i.join)(t,l)),read:e=>(function(e,t){let n;try{n=(0,r.readFileSync)(e)}catch(n){let{code:e}=n;if("ENOENT"===e||"ENOTDIR"===e)return;throw new o.yo(`${t} cannot be read (${e}). Make it a file that can be, or remove it.`)}let i=n.toString("utf8");if(Buffer.from(i).equals(n))return i;throw new o.yo(`${t} is not UTF-8, and would be damaged. Save it as UTF-8.`)})((0,i.join)(t,e),e)}}function u(e){return Array.isArray(e)?e:[]}async function d(e){let t=await e.read("symbolic-ref","--quiet","--short","refs/remotes/origin/HEAD");if(t)return t.trim().replace(/^origin\//,"");let n=(await e.read("branch","--format=%(refname:short)")??"").split("\n");return["main","master"].find(e=>n.includes(e))??"main"}},2544:(e,t,n)=>{n.r(t),n.d(t,{init:()=>K});var r=n(6760),i=n(7975),o=n(8611),s=n(9880),a=n(7396);let l=[{job:"lint",tool:"ruff",finding:"lint-extras"},{job:"type-check",tool:"mypy",finding:"types-extras"},{job:"test",tool:"pytest",finding:"test-extras"}];var c=n(7567),u=n(41);let d=/(?:^|[\s(,])((?:__version__|VERSION|version)(?:\s*:\s*\w+)?\s*=\s*["'])(\d+(?:\.\d+)+[\w.+-]*)(["'])/gm;function p(e){let{read:t}=e;if(function({project:e,read:t}){return!!("bumpversion"in e.pyproject.tool||[".bumpversion.toml",".bumpversion.cfg"].some(e=>void 0!==t(e)))||/^\[bumpversion/m.test(t("setup.cfg")??"")}(e))return{kind:"found"};try{if((0,a.dn)(t,(0,a.OW)(t,"")).length>0)return{kind:"found"};let n=(0,a.yp)(t,"");if(n?.by==="tags")return{kind:"none",reason:`${n.reason} Push a tag to release.`};let r=function({findings:e,read:t}){let n=["setup.py",String(e["version-source"].value)].filter(Boolean).flatMap(e=>{let n=[...(t(e)??"").matchAll(d)],[,r="",i="",o=""]=n[0]??[];return 1===n.length?[{path:e,version:i,around:e=>`${r}${e}${o}`}]:[]});return 1===n.length?n[0]:void 0}(e);if(r)return{kind:"literal",literal:r};return{kind:"none",reason:n?.reason??"Nothing says what the version of this project is."}}catch(e){if(e instanceof o.yo)return{kind:"none",reason:e.message};throw e}}let h="releases",f=["CONTRIBUTING.md",".github/CONTRIBUTING.md","docs/CONTRIBUTING.md"],m="how a release is made",g=/^#{1,6}\s.*\b(?:releas(?:e|es|ing)|publish(?:ing)?)\b.*$/im,b=["1. **Actions → Version bump → Run workflow.** It decides the next version by the","   [Conventional Commits](https://www.conventionalcommits.org/en/v1.0.0/) since the last release (`fix:` a patch, `feat:` a minor,","   `!` a major version), and opens a pull request.","2. **Merge that pull request.** The merge is tagged, and the workflow Release starts at the tag."],y=["1. **Push a tag** such as `v1.2.3` on the default branch. The workflow Release starts at it."],v=["Release tests and builds the tagged commit, makes a draft with all files, uploads to PyPI, and publishes the draft last. When a job","stops, mend the cause and choose **Re-run failed jobs**: what is done already is compared and left as it is. A tag is never moved."];var w=n(8815);let $=".github/dependabot.yml";function k(e){return{...e,schedule:{interval:"weekly"},cooldown:{"default-days":7}}}function j(e,t,n){return e.flatMap(({"package-ecosystem":e,directory:t})=>[`- package-ecosystem: ${e}`,`  directory: ${/^[\w./-]+$/.test(t)?t:JSON.stringify(t)}`,"  schedule:","    interval: weekly","  cooldown:","    default-days: 7"]).map(e=>`${t}${e}${n}`).join("")}function _(e){return`weekly updates, 7 days after a version is out: ${x(e)}`}function x(e){return e.map(({"package-ecosystem":e,directory:t})=>`${e} in ${t}`).join(", ")}var S=n(7598);let E={"ci.yml":["049913dbfe2a538b","d4d0a8374512e660","fc7f00f0cfb8d578"],"release.yml":["bfdd3bf82142bf14","c78acb3e360d7d9e"]},M={repository:"org/tokenledger-actions",ref:"v1",comment:""},I=/^([ \t]*(?:-[ \t]+)?uses:[ \t]*["']?)([^\s@#'"]+)@([^\s#'"]+)([ \t]+#[^\r\n]*)?/gm,O=/^([ \t]*branches: \[)([\w./-]+)\]/m;function N(e,{repository:t}){let[n="",r=""]=e.split("/");return"tokenledger-actions"===r||`${n}/${r}`===t}function P(e,t){return[...e.matchAll(I)].flatMap(([,,e=""])=>N(e,t)?[T(e)]:[])}function A(e,t=M){let n=[...e.matchAll(I)].find(([,,e=""])=>N(e,t));if(!n)return;let[,,r="",i="",o=""]=n;return{repository:r.split("/").slice(0,2).join("/"),ref:i,comment:o}}function R(e,t){return e.replaceAll("\r\n","\n").replace(I,(e,n,r)=>n+(N(r,t)?`own/${T(r)}`:r)).replace(O,"$1branch]")}function C(e,t){let{repository:n,ref:r,comment:i}=t;return e.replace(I,(e,o,s)=>N(s,t)?`${o}${n}/${T(s)}@${r}${i}`:e)}function T(e){return e.split("/").slice(2).join("/")}let G=`name: CI

on:
  push:
    branches: [main]
  pull_request:
  merge_group:
    types: [checks_requested]

permissions: {}

# A push to a pull request takes the place of its older run; runs of a merge queue and of main neither end nor wait.
concurrency:
  group: ci-$\{{ github.event_name == 'pull_request' && github.ref || github.run_id }}
  cancel-in-progress: $\{{ github.event_name == 'pull_request' }}

jobs:
  ci:
    permissions:
      contents: read
      pull-requests: write # the comment on coverage
    uses: org/tokenledger-actions/.github/workflows/ci.yml@v1
`,q=G.replace("      pull-requests: write # the comment on coverage\n",""),L=`name: Coverage comment

on:
  # Nothing of the pull request is checked out or run here; what its run has left is read as data.
  workflow_run: # zizmor: ignore[dangerous-triggers]
    workflows: [CI]
    types: [completed]

permissions: {}

concurrency:
  group: coverage-comment-$\{{ github.event.workflow_run.head_repository.full_name }}-$\{{ github.event.workflow_run.head_branch }}
  cancel-in-progress: true

jobs:
  comment:
    permissions:
      actions: read # find and download what the run has left
      pull-requests: write # post the comment
    uses: org/tokenledger-actions/.github/workflows/coverage-comment.yml@v1
`,J=`# Started by version-bump.yml at the tag of a merged version, or by the push of a tag. Both may come: the second run waits and
# then only verifies. One that stopped is started again as it is, or by hand at its tag.
name: Release

on:
  push:
    tags: ['v[0-9]*']
  workflow_dispatch:
    inputs:
      tag:
        description: Tag to release; only needed on a branch
        type: string
        default: ''

permissions: {}

concurrency:
  group: release-$\{{ inputs.tag || github.ref_name }}
  cancel-in-progress: false

jobs:
  prepare:
    permissions:
      contents: write # make the draft
      id-token: write # sign where the files come from
      attestations: write # store what was signed
    uses: org/tokenledger-actions/.github/workflows/release-prepare.yml@v1
    with:
      tag: $\{{ inputs.tag }}

  # Here and not in a workflow that is called: PyPI trusts the file that holds this job.
  pypi:
    name: pypi
    needs: prepare
    if: $\{{ !cancelled() && needs.prepare.outputs.state == 'prepared' }}
    runs-on: ubuntu-latest
    timeout-minutes: 15
    environment: pypi
    permissions:
      id-token: write # sign in to PyPI
    steps:
      - name: Download the package
        uses: actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1
        with:
          name: $\{{ needs.prepare.outputs.artifact-name }}
          path: dist
      - name: Compare it with the build and the index
        uses: org/tokenledger-actions/actions/changelog-release@v1
        with:
          phase: verify
          tag: $\{{ needs.prepare.outputs.tag }}
          files: dist/*
          expected-digests: $\{{ needs.prepare.outputs.digests }}
          verify-ancestor: none # the job verify has looked
          verify-index: true
      - name: Upload it
        uses: pypa/gh-action-pypi-publish@dc37677b2e1c63e2034f94d8a5b11f265b73ba33 # v1.14.2
        with:
          skip-existing: true # what is there was compared above

  publish:
    needs: [prepare, pypi]
    if: $\{{ !cancelled() && needs.pypi.result == 'success' }}
    permissions:
      contents: write # publish the draft
      attestations: read # look whether each file is attested
    uses: org/tokenledger-actions/.github/workflows/release-publish.yml@v1
    with:
      tag: $\{{ needs.prepare.outputs.tag }}
      commit-sha: $\{{ needs.prepare.outputs.commit-sha }}
      digests: $\{{ needs.prepare.outputs.digests }}
`,F=`name: Version bump

on:
  workflow_dispatch:
    inputs:
      part:
        description: What to bump; auto decides by the commits since the last release
        type: choice
        options: [auto, patch, minor, major, prerelease, finalize]
        default: auto
      prerelease-label:
        description: Make it a prerelease
        type: choice
        options: [none, a, b, rc]
        default: none
      dry-run:
        description: Only say what would be done
        type: boolean
        default: false
  push:
    branches: [main] # tags a version that was merged, and starts its release

permissions: {}

# One bump at a time. Each push has a group of its own: of several that wait in one, GitHub keeps the newest alone, and the
# tag of an earlier one would be lost.
concurrency:
  group: version-bump-$\{{ github.event_name == 'push' && github.sha || 'by-hand' }}
  cancel-in-progress: false

jobs:
  version-bump:
    permissions:
      contents: write # make the branch, the commit and the tag
      pull-requests: write # open the pull request
      actions: write # start release.yml
    uses: org/tokenledger-actions/.github/workflows/version-bump.yml@v1
    with:
      part: $\{{ inputs.part || 'auto' }}
      prerelease-label: $\{{ inputs.prerelease-label != 'none' && inputs.prerelease-label || '' }}
      dry-run: $\{{ inputs.dry-run || false }}
`,W={"ci.yml":[G,q],"coverage-comment.yml":[L],"release.yml":[J],"version-bump.yml":[F]};function U(e,t,n){let r=R(t,n),i=(0,S.createHash)("sha256").update(r).digest("hex").slice(0,16);return(W[e]??[]).some(e=>R(e,n)===r)||(E[e]??[]).includes(i)}let B=String.raw`# Notes of a release, written by git-cliff 2.13 (https://git-cliff.org/docs/configuration).
# The release page has the version as its title, so there is no heading with it here. Without a repository the numbers of pull
# requests stay plain, and GitHub makes them links itself.

[changelog]
trim = true
body = """
{%- set github = "" -%}
{%- if remote.github.owner -%}
  {%- set_global github = "https://github.com/" ~ remote.github.owner ~ "/" ~ remote.github.repo -%}
{%- endif -%}
{%- set breaking = commits | filter(attribute="breaking", value=true) -%}
{%- if breaking -%}
### Breaking changes
{% for commit in breaking %}
- {% if commit.scope %}**{{ commit.scope }}:** {% endif %}{{ commit.breaking_description | split(pat="\n\n") | first | replace(from="\n", to=" ") | upper_first }}
{%- endfor %}

{% endif -%}
{%- for group, entries in commits | group_by(attribute="group") -%}
### {{ group | striptags | trim }}
{% for commit in entries -%}
{%- set_global text = commit.message | split(pat="\n") | first | trim | upper_first -%}
{%- set_global has_number = false -%}
{%- for link in commit.links -%}
  {%- set number = "(" ~ link.text ~ ")" -%}
  {%- if text is containing(number) -%}
    {%- set_global has_number = true -%}
    {%- if github -%}
      {%- set_global text = text | replace(from=number, to="([" ~ link.text ~ "](" ~ github ~ "/" ~ link.href ~ "))") -%}
    {%- endif -%}
  {%- endif -%}
{%- endfor %}
- {% if commit.breaking %}**Breaking:** {% endif %}{% if commit.scope %}**{{ commit.scope }}:** {% endif %}{{ text }}
{%- if not has_number %} ({{ commit.id | truncate(length=7, end="") }}){% endif -%}
{%- endfor %}

{% endfor -%}
{%- if github and version and previous and previous.version -%}
[All changes since {{ previous.version }}]({{ github }}/compare/{{ previous.version }}...{{ version }})
{% endif -%}
"""

[git]
conventional_commits = true
# What is no Conventional Commit is listed too, under "Other changes".
filter_unconventional = false
split_commits = false
# A breaking change is never left out, whatever the rules below say of its type.
protect_breaking_commits = true
sort_commits = "oldest"
# From the first character to the last, so that v1.2.3-docs and old-v1.2.3 are no releases. PEP 440 or SemVer spelling.
tag_pattern = '^v[0-9]+(?:\.[0-9]+)*(?:-?(?:a|b|rc|alpha|beta)\.?[0-9]+)?(?:\.post[0-9]+)?$'
# For git-cliff by hand: a final release holds what its prereleases held. changelog-release does so in any case.
ignore_tags = '(?:a|b|rc|alpha|beta)\.?[0-9]+$'
link_parsers = [{ pattern = '#(\d+)', text = "#$1", href = "pull/$1" }]
# The first that fits counts. The comments put the groups in order; nobody sees them.
commit_parsers = [
  # Left out on purpose: a merge repeats what its commits say, and the commit of the release says its version.
  { message = '^Merge (?:pull request|branch|branches|remote-tracking branch|tag|commit) ', skip = true },
  { message = '^chore\(release\): ', skip = true },
  { message = '(?i)^feat(?:ure)?[(!:]', group = "<!-- 0 -->Features" },
  { message = '(?i)^(?:fix|bugfix|hotfix|security)[(!:]', group = "<!-- 1 -->Fixes" },
  { message = '(?i)^perf[(!:]', group = "<!-- 2 -->Performance" },
  { message = '(?i)^revert[(!: ]', group = "<!-- 3 -->Reverted" },
  { message = '(?i)^docs?[(!:]', group = "<!-- 4 -->Documentation" },
  { message = '(?i)^refactor[(!:]', group = "<!-- 5 -->Refactoring" },
  { message = '(?i)^(?:test|ci|build|chore|style)s?[(!:]', group = "<!-- 6 -->Maintenance" },
  { message = '.*', group = "<!-- 7 -->Other changes" },
]
`,D="pyproject.toml";function H(e,t,n){let r=e.includes("\r\n")?"\r\n":"\n",o=e.replace(/(?:\r?\n)*$/,""),s=[o,"",t].join("\n").replace(/\r?\n/g,r);return function(e,t,n){try{let[r,o,s]=[e,t,n].map(e=>(0,a.MT)(e,D));return(0,i.isDeepStrictEqual)(structuredClone(function e(t,n){let r=Object.entries(n).map(([n,r])=>[n,(0,a.bI)(r)&&(0,a.bI)(t[n])?e(t[n],r):r]);return{...t,...Object.fromEntries(r)}}((0,a.c_)(r),(0,a.c_)(o))),structuredClone(s))}catch{return!1}}(e,t,o?s:t)?(0,u.Mp)(D,e,o?s:t,n):(0,u.kb)(D,`add by hand, since its tables are written in a way that lines cannot be added to: ${t.split("\n",2).join(" ")}`)}var V=n(5439),z=n(3628),X=n(2656);let Y=`[PATH] [--yes] [--dry-run] [--owner NAME/REPO@REF]
  PATH                   the repository; the current folder unless given
  --yes                  write without a question
  --dry-run              show what would be written, and write nothing
  --owner NAME/REPO@REF  what the workflows call; org/tokenledger-actions@v1, or what they call already, unless given
Exit codes: 0 written, or nothing to write; 1 the answer was no; 2 the call was not understood, or the folder cannot adopt.`,K={summary:"writes the workflows and settings that a repository needs",usage:Y,async run(e,t){var n,d,S,E,N;let T,W,K,Z,ee,et,{path:en,yes:er,dryRun:ei,owner:eo}=function(e){try{let{values:t,positionals:n}=(0,i.parseArgs)({args:[...e],allowPositionals:!0,options:{yes:{type:"boolean"},"dry-run":{type:"boolean"},owner:{type:"string"}}}),[r=".",...s]=n;if(s.length>0)throw Error(`More than one folder: ${n.join(", ")}`);let a=void 0===t.owner?void 0:function(e){let[,t,n]=/^([\w-]+\/[\w.-]+)@([\w./-]+)$/.exec(e)??[];if(t&&n)return{repository:t,ref:n,comment:""};throw new o.yo(`--owner is "${e}"; give NAME/REPO@REF, such as acme/tokenledger-actions@v1.`)}(t.owner);return{path:r,yes:t.yes??!1,dryRun:t["dry-run"]??!1,owner:a}}catch(e){if(e instanceof o.yo)throw e;throw new o.yo(`${(0,o.bD)(e)}
Usage: init ${Y}`)}}(e),es=await (0,s.s6)((0,r.resolve)(t.cwd,en)),ea=(n=es,T=(d=eo)??function({workflows:e,read:t}){return e.flatMap(e=>(function(e,t){let n=A(t);if(n)return n;let r=[...new Set([...t.matchAll(I)].map(([,,e=""])=>e.split("/").slice(0,2).join("/")))].flatMap(n=>{let r={repository:n,ref:"",comment:""};return U(e,t,r)?[r]:[]});return r[0]&&A(t,r[0])})(e,t(`${s.v1}/${e}`)??"")??[])[0]}(n)??M,W=(S=n,E={reference:T,isGiven:void 0!==d},(function(e){let{value:t,reason:n}=e.findings["has-coverage"],{value:r,reason:i}=e.findings["has-package"],o=r?void 0:`no package to release: ${i}`,s=p(e);return[{name:"ci.yml",template:t?G:q,call:"ci.yml",why:"all checks by one call"},{name:"coverage-comment.yml",template:L,call:"coverage-comment.yml",why:`comments on pull requests from forks: ${n}`,notNeeded:t?void 0:`no coverage is measured: ${n}`},{name:"release.yml",template:J,call:"release-prepare.yml",why:`releases the package at a tag: ${i}`,notNeeded:o},{name:"version-bump.yml",template:F,call:"version-bump.yml",why:"makes the next version by a pull request",notNeeded:o??("none"===s.kind?s.reason:void 0)}]})(S).map(e=>(function(e,t,n){let r=`${s.v1}/${n.name}`,i=e.read(r);if(n.notNeeded)return(0,u.kb)(r,n.notNeeded);let o=function({workflows:e,read:t},n,{name:r,call:i}){return e.filter(e=>e!==r).find(e=>P(t(`${s.v1}/${e}`)??"",n).includes(`${s.v1}/${i}`))}(e,t.reference,n);return o?(0,u.kb)(r,`${o} calls ${n.call} already`):void 0===i?(0,u.Mp)(r,void 0,function(e,{branch:t},n){return C(e,n).replace("branches: [main]",()=>`branches: [${t}]`)}(n.template,e,t.reference),n.why):function(e,t,{reference:n,isGiven:r},i){var o,s,a;let l,c,d;if(0===P(t,n).length)return(0,u.kb)(e,"made by hand: it calls nothing of tokenledger-actions. Rename it and run init again to have ours");let{repository:p,ref:h}=n;if(R(t,n)===R(i.template,n))return r?(0,u.Mp)(e,t,C(t,n),`calls ${p}@${h}, as --owner says`):(0,u.ss)(e,i.why);if(!U(i.name,t,n))return(0,u.kb)(e,"changed by hand since init wrote it; remove it and run init again to have the template");let f=function(e,t){return e.includes("\r\n")?t.replaceAll("\n","\r\n"):t}(t,(o=t,s=i.template,a=n,l=new Map([...o.matchAll(I)].map(([,,e="",t,n=""])=>[e,`${t}${n}`])),c=A(o,a)??a,d=O.exec(o)?.[2],C(s,c).replace(I,(e,t,n)=>l.has(n)?`${t}${n}@${l.get(n)}`:e).replace(O,(e,t)=>d?`${t}${d}]`:e)));return(0,u.Mp)(e,t,r?C(f,n):f,`an older template, unchanged: ${i.why}`)}(r,i,t,n)})(S,E,e))),K=W.filter(({kind:e})=>"write"===e).map(({path:e})=>e),(0,u.oR)([...W,function(e){let t=[$,".github/dependabot.yaml"].find(t=>void 0!==e.read(t))??$,n=e.read(t),r=function({findings:e,project:t}){let n=""!==e["lock-file"].value||"uv"in t.pyproject.tool,r=String(e["dashboard-directory"].value);return[{"package-ecosystem":"github-actions",directory:"/"},{"package-ecosystem":n?"uv":"pip",directory:"/"},...e["has-dashboard"].value?[{"package-ecosystem":"npm",directory:"."===r?"/":`/${r}`}]:[]]}(e);if(void 0===n)return(0,u.Mp)(t,void 0,`version: 2
updates:
${j(r,"  ","\n")}`,_(r));let o=(0,w.Tp)(n),s=0===o.errors.length?(0,a.c_)(o.toJS()).updates:void 0,l=r.filter(e=>!(0,a.jk)(s).some(t=>(function(e,{"package-ecosystem":t,directory:n}){let r=(0,a.Je)(e["package-ecosystem"])??"",i=e=>"uv"===e||"pip"===e,o=r===t||i(r)&&i(t),s=[e.directory,...(0,a.jk)(e.directories)].map(a.Je);return o&&s.some(e=>void 0!==e&&(function(e){let t=e.replace(/^\.?\/*/,"/").replace(/(?<=.)\/+$/,"").split(/(\*+)/).map(e=>e.startsWith("**")?".*":"*"===e?"[^/]*":e.replace(/[.+?^${}()|[\]\\]/g,"\\$&"));return RegExp(`^${t.join("")}$`)})(e).test(n))})((0,a.c_)(t),e)));if(0===o.errors.length&&0===l.length)return(0,u.ss)(t,`has ${x(r)}`);let c=function(e,t,n){let r=t.get("updates");if(!(0,w.oP)(r)||!r.range)return;let o=e.lastIndexOf("\n",r.range[0]-1)+1,s=e.slice(o,r.range[0]),l=e.includes("\r\n")?"\r\n":"\n",c=e.slice(0,r.range[1]).trimEnd(),u=e.slice(c.length).replace(/^[ \t]*(?:#[^\r\n]*)?(\r?\n)?/,""),d=e.slice(c.length,e.length-u.length).trimEnd(),p=`${c}${d}${l}${j(n,s,l)}${u}`,h=(0,a.c_)(t.toJS()),f=(0,w.Tp)(p),m={...h,updates:[...(0,a.jk)(h.updates),...n.map(k)]};return 0===f.errors.length&&(0,a.bI)(f.toJS())&&(0,i.isDeepStrictEqual)(f.toJS(),m)?p:void 0}(n,o,l);return void 0===c?(0,u.kb)(t,`add by hand: ${x(l)}; its list "updates" is none that lines can be added to`):(0,u.Mp)(t,n,c,_(l))}(n),...(Z=(N=n).read(D)??"",ee=function(e,t){let{value:n,reason:r}=e.findings["bandit-config"];if(n)return(0,u.ss)(D,`bandit has its settings: ${n}, ${r}`);let i=["setup.cfg","tox.ini"].find(t=>/^\s*\[bandit\]/m.test(e.read(t)??""));if(i)return(0,u.ss)(D,`bandit has its settings in ${i}`);let o=function({findings:e}){let t=(0,s.c3)(e["test-paths"].value),n=String(e["dashboard-directory"].value);return[...t,n].filter(e=>""!==e&&"."!==e&&!/[*?[]/.test(e))}(e);if(0===o.length)return(0,u.kb)(D,"nothing for bandit to leave out: no tests and no dashboard");let a=o.map(e=>JSON.stringify(e)).join(", ");return H(t,`[tool.bandit]
exclude_dirs = [${a}]
`,`bandit leaves ${o.join(" and ")} out`)}(N,Z),et=function(e,t){let n=p(e);if(!0!==e.findings["has-package"].value||"literal"!==n.kind)return;let{literal:r}=n,[i,o]=["{current_version}","{new_version}"].map(e=>JSON.stringify(r.around(e)));return H(t,`[tool.bumpversion]
current_version = ${JSON.stringify(r.version)}

[[tool.bumpversion.files]]
filename = ${JSON.stringify(r.path)}
search = ${i}
replace = ${o}
`,`version-bump cannot see by itself that the version is in ${r.path}`)}(N,"write"===ee.kind?ee.after:Z),et?[ee,et]:[ee]),function({findings:e,project:t,read:n}){let r="cliff.toml",{value:i,reason:o}=e["has-package"],s=[r,".cliff.toml",".config/cliff.toml"].find(e=>void 0!==n(e));return s?(0,u.ss)(s,"git-cliff has its settings"):"git-cliff"in t.pyproject.tool?(0,u.kb)(r,"git-cliff has its settings in pyproject.toml"):i?(0,u.Mp)(r,void 0,B,"how the notes of a release are written"):(0,u.kb)(r,`no package to release: ${o}`)}(n),function({remote:e,read:t}){let n="CODEOWNERS",r=[".github/CODEOWNERS",n,"docs/CODEOWNERS"].find(e=>void 0!==t(e));if(r)return(0,u.ss)(r,"somebody owns the code");if(!e)return(0,u.kb)(n,'no owner is known: the remote "origin" is not on GitHub');let i=["# Who is asked to review. An organisation owns no code: for one, name a team, such as @acme/maintainers.",`* @${e.owner}`,""];return(0,u.Mp)(n,void 0,i.join("\n"),`the owner of the remote "origin" is ${e.owner}`)}(n),function(e){let{value:t,reason:n}=e.findings["has-package"],r=f.find(t=>void 0!==e.read(t))??"CONTRIBUTING.md";if(!t)return(0,u.kb)(r,`no package to release: ${n}`);let i=["CONTRIBUTING.rst","CONTRIBUTING.txt","CONTRIBUTING"].find(t=>void 0!==e.read(t));if(i)return(0,u.kb)(i,"it is no Markdown; say there that a release starts with the workflow Version bump");let o=function(e){return["## Releases","",..."none"===p(e).kind?y:b,"",...v].join("\n")}(e),s=e.read(r);if(void 0===s)return(0,u.Mp)(r,void 0,(0,c.JM)("# Contributing\n",1,h,o),m);let a=(0,c.iG)(s,h,o);if("text"===a.kind)return(0,u.Mp)(r,s,a.text,m);if("broken"===a.kind)return(0,u.kb)(r,a.reason);let l=g.exec(s)?.[0].trim();return l?(0,u.kb)(r,`it has a part of its own on releases: "${l}"`):(0,u.Mp)(r,s,(0,c.JM)(s,s.split("\n").length,h,o),m)}(n),(0,V.B)(n,K)])),el=ea.filter(e=>"write"===e.kind);for(let e of(el.length>0&&t.print(`${(0,z.n)(el)}
`),t.print((0,z.E)(ea)),function({project:e,findings:t}){let{isProject:n,groups:r,groupsFrom:i,document:o,dynamic:s}=e.pyproject,c=l.filter(({finding:e})=>t[e].reason.startsWith("no extra or group")).map(({job:e,tool:t})=>`${e} will fail, as no extra or dependency group has ${t}: uv add --dev ${t}, or leave the job out in ci.yml by "with: { skip: ${e} }".`);n?"tool.poetry"===i&&Object.keys(r).length>0&&c.push("uv does not know the groups of [tool.poetry]: move them to [dependency-groups]."):c.push("Every job that installs the project will fail, as there is no [project] table, which uv reads: move what [tool.poetry] says there.");let u=(0,a.c_)(o.project);return!n||!t["has-package"].value||"readme"in u||s.includes("readme")||c.push('build will fail, as PyPI would show no description: add readme = "README.md" to [project].'),c}(es)))t.say(`! ${e}`);return 0===el.length?(t.say("Everything is in place; there is nothing to write."),0):ei?(t.say(`Nothing was written (--dry-run); ${Q(el.length)} would be.`),0):er||await t.ask(`Write ${Q(el.length)}?`)?((0,X.f)(es.root,el),function(e,{say:t}){let n=t=>e.some(({kind:e,path:n})=>"write"===e&&n.endsWith(`/${t}`));t("Written. Look at it with git diff, and commit it."),n("release.yml")&&t("On PyPI: add a trusted publisher for release.yml and the environment pypi, and make that environment on GitHub."),n("version-bump.yml")&&t("On GitHub: Settings → Actions → General → allow GitHub Actions to create pull requests.")}(ea,t),0):(t.say("Nothing was written. --yes writes without a question."),1)}};function Q(e){return 1===e?"1 file":`${e} files`}},8451:(e,t,n)=>{n.d(t,{J:()=>i});let r=/^(?:git\+)?(?:https?:\/\/(?:[^/@\s]+@)?|ssh:\/\/git@|git:\/\/|git@)(?:www\.|ssh\.)?github\.com(?::\d+)?[/:]([\w-]+)\/([\w.-]+?)(?:\.git)?(?:[/?#].*)?$/i;function i(e){let[,t,n]=r.exec(e.trim())??[];return t&&n?{owner:t,name:n}:void 0}},7567:(e,t,n)=>{function r(e,t){let{start:n,end:r}=s(e);return`${n}
${t.trim()}
${r}
`}function i(e,t,n){let i=e.split(/\r?\n/).map(e=>e.trim()),{start:o,end:l}=s(t),[c,u]=[o,l].map(e=>i.flatMap((t,n)=>t===e?[n]:[])),[d,p]=[c?.[0],u?.[0]];if(void 0===d&&void 0===p)return{kind:"absent"};if(c?.length!==1||u?.length!==1||void 0===d||void 0===p||d>p)return{kind:"broken",reason:`give it one line "${o}" and, after it, one line "${l}"`};let h=e.split("\n");return{kind:"text",text:[...h.slice(0,d),...r(t,n).trimEnd().split("\n"),...h.slice(p+1)].map(e=>e.replace(/\r$/,"")).join(a(e))}}function o(e,t,n,i){let o=e.split(/\r?\n/),[s,l]=[o.slice(0,t),o.slice(t)];for(;""===s.at(-1);)s.pop();for(;""===l[0];)l.shift();let c=s.length>0?[""]:[],u=l.length>0?["",...l]:[""];return[...s,...c,...r(n,i).trimEnd().split("\n"),...u].join(a(e))}function s(e){return{start:`\x3c!-- tokenledger-actions:${e} --\x3e`,end:`\x3c!-- /tokenledger-actions:${e} --\x3e`}}function a(e){return e.includes("\r\n")?"\r\n":"\n"}n.d(t,{JM:()=>o,iG:()=>i})},41:(e,t,n)=>{function r(e,t,n,r){return t===n?i(e,r):{kind:"write",path:e,before:t,after:n,why:r}}function i(e,t){return{kind:"current",path:e,why:t}}function o(e,t){return{kind:"left",path:e,why:t}}function s(e){return[...new Set(e.map(({path:e})=>e))].flatMap(t=>{let n=e.filter(e=>e.path===t),r=n.filter(e=>"write"===e.kind),[i,o]=[r[0],r.at(-1)];if(!i||!o)return n;let s=r.map(e=>e.why).join("; ");return[{...i,after:o.after,why:s},...n.filter(e=>"left"===e.kind)]})}n.d(t,{Mp:()=>r,kb:()=>o,oR:()=>s,ss:()=>i})},5439:(e,t,n)=>{n.d(t,{B:()=>c});var r=n(1220),i=n(7567),o=n(41);let s="badges",a="README.md",l=/!\[[^\]]*\]\([^)]*(?:badge|shields\.io)[^)]*\)|<img[^>]+(?:badge|shields\.io)/i;function c(e,t){let n=e.read(a);if(void 0===n)return(0,o.kb)(a,"there is none");let c=(0,r.k)(e,t);if(0===c.length)return(0,o.kb)(a,"no badge can be made from what the project says of itself");let u=c.map(e=>e.markdown).join("\n"),d=`badges: ${c.map(e=>e.subject).join(", ")}`,p=(0,i.iG)(n,s,u);if("text"===p.kind)return e.remote||p.text===n?(0,o.Mp)(a,n,p.text,d):(0,o.ss)(a,'it has its badges, and no remote "origin" on GitHub says what they should be');return"broken"===p.kind?(0,o.kb)(a,p.reason):l.test(n)?(0,o.kb)(a,`it has badges of its own; put the lines \x3c!-- tokenledger-actions:${s} --\x3e and \x3c!-- /tokenledger-actions:${s} --\x3e where ours should be`):(0,o.Mp)(a,n,(0,i.JM)(n,function(e){let t=e.split(/\r?\n/),n=t.findIndex(e=>""!==e.trim());return/^\uFEFF?#\s/.test(t[n]??"")?n+1:/^=+\s*$/.test(t[n+1]??"")?n+2:0}(n),s,u),d)}},3628:(e,t,n)=>{n.d(t,{E:()=>o,n:()=>i});var r=n(7291);function i(e){return e.map(({path:e,before:t,after:n})=>(0,r.ss)(void 0===t?"/dev/null":`a/${e}`,`b/${e}`,t??"",n,void 0,void 0,{context:3,headerOptions:r.jr}).trimEnd()).join("\n")}function o(e){let t=Math.max(...e.map(({path:e})=>e.length));return e.map(e=>`${(function(e){return"write"!==e.kind?e.kind:void 0===e.before?"write":"change"})(e).padEnd(7)} ${e.path.padEnd(t)}  ${e.why}`).join("\n")}},2656:(e,t,n)=>{n.d(t,{f:()=>s});var r=n(3024),i=n(6760),o=n(8611);function s(e,t){let n={folders:[],staged:[],renamed:[]};try{for(let o of t)(function(e,t,{folders:n,staged:o}){let s=(0,i.join)(e,t.path),a=void 0===t.before?s:(0,r.realpathSync)(s);(function(e,{path:t,before:n}){if(((0,r.existsSync)(e)?(0,r.readFileSync)(e,"utf8"):void 0)!==n)throw Error(`${t} was changed in the meantime`)})(a,t),function e(t,n){(0,r.existsSync)(t)||(e((0,i.dirname)(t),n),(0,r.mkdirSync)(t),n.push(t))}((0,i.dirname)(a),n);let l=`${a}.${process.pid}.tmp`;(0,r.writeFileSync)(l,t.after,{flag:"wx"}),o.push({...t,target:a,scratch:l}),void 0!==t.before&&(0,r.chmodSync)(l,(0,r.statSync)(a).mode)})(e,o,n);for(let e of n.staged)(0,r.renameSync)(e.scratch,e.target),n.renamed.push(e)}catch(t){let e=function({folders:e,staged:t,renamed:n}){return[...n.toReversed().map(({target:e,before:t})=>({path:e,undo:()=>void 0===t?(0,r.rmSync)(e):(0,r.writeFileSync)(e,t)})),...t.map(({scratch:e})=>({path:e,undo:()=>(0,r.rmSync)(e,{force:!0})})),...e.toReversed().map(e=>({path:e,undo:()=>(0,r.rmdirSync)(e)}))].flatMap(({path:e,undo:t})=>{try{return t(),[]}catch{return[e]}})}(n);if(e.length>0)throw new o.yo(`${(0,o.bD)(t)}. These could not be taken back: ${e.join(", ")}. Look at git status.`);throw new o.yo(`Nothing was written: ${(0,o.bD)(t)}. Make the place writable, and run init again.`)}}}};
