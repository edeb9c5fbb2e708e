export const id=698;export const ids=[698];export const modules={9317:(e,t,n)=>{n.r(t),n.d(t,{init:()=>L});var r=n(6760),i=n(7975),s=n(8280),a=n(4275),o=n(7567),l=n(41),u=n(6691);let c=/(?:^|[\s(,])((?:__version__|VERSION|version)(?:\s*:\s*\w+)?\s*=\s*["'])(\d+(?:\.\d+)+[\w.+-]*)(["'])/gm;function p(e){let{read:t}=e;if(function({project:e,read:t}){return!!("bumpversion"in e.pyproject.tool||[".bumpversion.toml",".bumpversion.cfg"].some(e=>void 0!==t(e)))||/^\[bumpversion/m.test(t("setup.cfg")??"")}(e))return{kind:"found"};try{if((0,u.dn)(t,(0,u.OW)(t,"")).length>0)return{kind:"found"};let n=(0,u.yp)(t,"");if(n?.by==="tags")return{kind:"none",reason:`${n.reason} Push a tag to release.`};let r=function({findings:e,read:t}){let n=["setup.py",String(e["version-source"].value)].filter(Boolean).flatMap(e=>{let n=[...(t(e)??"").matchAll(c)],[,r="",i="",s=""]=n[0]??[];return 1===n.length?[{path:e,version:i,around:e=>`${r}${e}${s}`}]:[]});return 1===n.length?n[0]:void 0}(e);if(r)return{kind:"literal",literal:r};return{kind:"none",reason:n?.reason??"Nothing says what the version of this project is."}}catch(e){if(e instanceof s.yo)return{kind:"none",reason:e.message};throw e}}let d="releases",h=["CONTRIBUTING.md",".github/CONTRIBUTING.md","docs/CONTRIBUTING.md"],m="how a release is made",f=/^#{1,6}\s.*\b(?:releas(?:e|es|ing)|publish(?:ing)?)\b.*$/im,g=["1. **Actions → Version bump → Run workflow.** It decides the next version by the","   [Conventional Commits](https://www.conventionalcommits.org/en/v1.0.0/) since the last release (`fix:` a patch, `feat:` a minor,","   `!` a major version), and opens a pull request.","2. **Merge that pull request.** The merge is tagged, and the workflow Release starts at the tag."],b=["1. **Push a tag** such as `v1.2.3` on the default branch. The workflow Release starts at it."],y=["Release tests and builds the tagged commit, makes a draft with all files, uploads to PyPI, and publishes the draft last. When a job","stops, mend the cause and choose **Re-run failed jobs**: what is done already is compared and left as it is. A tag is never moved."];var v=n(8815);let w=".github/dependabot.yml";function k(e){return{...e,schedule:{interval:"weekly"},cooldown:{"default-days":7}}}function $(e,t,n){return e.flatMap(({"package-ecosystem":e,directory:t})=>[`- package-ecosystem: ${e}`,`  directory: ${/^[\w./-]+$/.test(t)?t:JSON.stringify(t)}`,"  schedule:","    interval: weekly","  cooldown:","    default-days: 7"]).map(e=>`${t}${e}${n}`).join("")}function _(e){return`weekly updates, 7 days after a version is out: ${j(e)}`}function j(e){return e.map(({"package-ecosystem":e,directory:t})=>`${e} in ${t}`).join(", ")}let x=String.raw`# Notes of a release, written by git-cliff 2.13 (https://git-cliff.org/docs/configuration).
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
`,N="pyproject.toml";function O(e,t,n){let r=e.includes("\r\n")?"\r\n":"\n",s=e.replace(/(?:\r?\n)*$/,""),a=[s,"",t].join("\n").replace(/\r?\n/g,r);return function(e,t,n){try{let[r,s,a]=[e,t,n].map(e=>(0,u.MT)(e,N));return(0,i.isDeepStrictEqual)(structuredClone(function e(t,n){let r=Object.entries(n).map(([n,r])=>[n,(0,u.bI)(r)&&(0,u.bI)(t[n])?e(t[n],r):r]);return{...t,...Object.fromEntries(r)}}((0,u.c_)(r),(0,u.c_)(s))),structuredClone(a))}catch{return!1}}(e,t,s?a:t)?(0,l.Mp)(N,e,s?a:t,n):(0,l.kb)(N,`add by hand, since its tables are written in a way that lines cannot be added to: ${t.split("\n",2).join(" ")}`)}var M=n(5439);let R={repository:"org/tokenledger-actions",ref:"v1",comment:""},E=/^([ \t]*(?:-[ \t]+)?uses:[ \t]*)([^\s@#'"]+)@([^\s#'"]+)([ \t]+#[^\r\n]*)?/gm,S=/^([ \t]*branches: \[)([\w./-]+)\]/m;function I(e,{repository:t}){let[n="",r=""]=e.split("/");return"tokenledger-actions"===r||`${n}/${r}`===t}function q(e,t){return[...e.matchAll(E)].flatMap(([,,e=""])=>I(e,t)?[A(e)]:[])}function C(e,t=R){let n=[...e.matchAll(E)].find(([,,e=""])=>I(e,t));if(!n)return;let[,,r="",i="",s=""]=n;return{repository:r.split("/").slice(0,2).join("/"),ref:i,comment:s}}function P(e,t){return e.replaceAll("\r\n","\n").replace(E,(e,n,r)=>n+(I(r,t)?`own/${A(r)}`:r)).replace(S,"$1branch]")}function T(e,t){let{repository:n,ref:r,comment:i}=t;return e.replace(E,(e,s,a)=>I(a,t)?`${s}${n}/${A(a)}@${r}${i}`:e)}function A(e){return e.split("/").slice(2).join("/")}var G=n(7598);let J={"ci.yml":["d4d0a8374512e660","fc7f00f0cfb8d578"],"release.yml":["bfdd3bf82142bf14","c78acb3e360d7d9e"]},W=`name: CI

on:
  push:
    branches: [main]
  pull_request:

permissions: {}

concurrency:
  group: ci-$\{{ github.ref }}
  cancel-in-progress: $\{{ github.event_name == 'pull_request' }}

jobs:
  ci:
    permissions:
      contents: read
      pull-requests: write # the comment on coverage
    uses: org/tokenledger-actions/.github/workflows/ci.yml@v1
`,B=W.replace("      pull-requests: write # the comment on coverage\n",""),H=`name: Coverage comment

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
`,D=`# Started by version-bump.yml at the tag of a merged version, or by the push of a tag. Both may come: the second run waits and
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
`;var U=n(3628),V=n(2656);let z="[PATH] [--yes] [--dry-run] [--owner NAME/REPO@REF]",L={summary:"writes the workflows and settings that a repository needs",usage:z,async run(e,t){var n,c,I,A,L;let Q,X,Y,Z,ee,et,{path:en,yes:er,dryRun:ei,owner:es}=function(e){try{let{values:t,positionals:n}=(0,i.parseArgs)({args:[...e],allowPositionals:!0,options:{yes:{type:"boolean"},"dry-run":{type:"boolean"},owner:{type:"string"}}}),[r=".",...a]=n;if(a.length>0)throw Error(`More than one folder: ${n.join(", ")}`);let o=void 0===t.owner?void 0:function(e){let[,t,n]=/^([\w-]+\/[\w.-]+)@([\w./-]+)$/.exec(e)??[];if(t&&n)return{repository:t,ref:n,comment:""};throw new s.yo(`--owner is "${e}"; give NAME/REPO@REF, such as acme/tokenledger-actions@v1.`)}(t.owner);return{path:r,yes:t.yes??!1,dryRun:t["dry-run"]??!1,owner:o}}catch(e){if(e instanceof s.yo)throw e;throw new s.yo(`${(0,s.bD)(e)}
Usage: init ${z}`)}}(e),ea=await (0,a.s6)((0,r.resolve)(t.cwd,en)),eo=(n=ea,Q=(c=es)??function({workflows:e,read:t}){return e.flatMap(e=>C(t(`${a.v1}/${e}`)??"")??[])[0]}(n)??R,X=(I=n,A={reference:Q,isGiven:void 0!==c},(function(e){let{value:t,reason:n}=e.findings["has-coverage"],{value:r,reason:i}=e.findings["has-package"],s=r?void 0:`no package to release: ${i}`,a=p(e),[o,l]=t?[W,B]:[B,W];return[{name:"ci.yml",template:o,variants:[l],call:"ci.yml",why:"all checks by one call"},{name:"coverage-comment.yml",template:H,call:"coverage-comment.yml",why:`comments on pull requests from forks: ${n}`,notNeeded:t?void 0:`no coverage is measured: ${n}`},{name:"release.yml",template:D,call:"release-prepare.yml",why:`releases the package at a tag: ${i}`,notNeeded:s},{name:"version-bump.yml",template:F,call:"version-bump.yml",why:"makes the next version by a pull request",notNeeded:s??("none"===a.kind?a.reason:void 0)}]})(I).map(e=>(function(e,t,n){let r=`${a.v1}/${n.name}`,i=e.read(r);if(n.notNeeded)return(0,l.kb)(r,n.notNeeded);let s=function({workflows:e,read:t},n,{name:r,call:i}){return e.filter(e=>e!==r).find(e=>q(t(`${a.v1}/${e}`)??"",n).includes(`${a.v1}/${i}`))}(e,t.reference,n);return s?(0,l.kb)(r,`${s} calls ${n.call} already`):void 0===i?(0,l.Mp)(r,void 0,function(e,{branch:t},n){return T(e,n).replace("branches: [main]",()=>`branches: [${t}]`)}(n.template,e,t.reference),n.why):function(e,t,{reference:n,isGiven:r},i){var s,a,o;let u,c,p;if(0===q(t,n).length)return(0,l.kb)(e,"made by hand: it calls nothing of tokenledger-actions. Rename it and run init again to have ours");let d=P(t,n);if(d===P(i.template,n)){let s=C(t,n),a=s?.repository!==n.repository||s.ref!==n.ref;return r&&a?(0,l.Mp)(e,t,T(t,n),`calls ${n.repository}@${n.ref} as --owner says`):(0,l.ss)(e,i.why)}if(!function(e,t,{name:n,variants:r=[]}){return r.some(n=>P(n,t)===e)||(J[n]??[]).includes(function(e){return(0,G.createHash)("sha256").update(e).digest("hex").slice(0,16)}(e))}(d,n,i))return(0,l.kb)(e,"changed by hand since init wrote it; remove it and run init again to have the template");let h=function(e,t){return e.includes("\r\n")?t.replaceAll("\n","\r\n"):t}(t,(s=t,a=i.template,o=n,u=new Map([...s.matchAll(E)].map(([,,e="",t,n=""])=>[e,`${t}${n}`])),c=C(s,o)??o,p=S.exec(s)?.[2],T(a,c).replace(E,(e,t,n)=>u.has(n)?`${t}${n}@${u.get(n)}`:e).replace(S,(e,t)=>p?`${t}${p}]`:e)));return(0,l.Mp)(e,t,r?T(h,n):h,`an older template, unchanged: ${i.why}`)}(r,i,t,n)})(I,A,e))),Y=X.filter(({kind:e})=>"write"===e).map(({path:e})=>e),(0,l.oR)([...X,function(e){let t=[w,".github/dependabot.yaml"].find(t=>void 0!==e.read(t))??w,n=e.read(t),r=function({findings:e}){let t=String(e["dashboard-directory"].value);return[{"package-ecosystem":"github-actions",directory:"/"},{"package-ecosystem":e["lock-file"].value?"uv":"pip",directory:"/"},...e["has-dashboard"].value?[{"package-ecosystem":"npm",directory:"."===t?"/":`/${t}`}]:[]]}(e);if(void 0===n)return(0,l.Mp)(t,void 0,`version: 2
updates:
${$(r,"  ","\n")}`,_(r));let s=(0,v.Tp)(n),a=0===s.errors.length?(0,u.c_)(s.toJS()).updates:void 0,o=r.filter(e=>!(0,u.jk)(a).some(t=>(function(e,{"package-ecosystem":t,directory:n}){let r=(0,u.Je)(e["package-ecosystem"])??"",i=e=>"uv"===e||"pip"===e,s=r===t||i(r)&&i(t),a=[e.directory,...(0,u.jk)(e.directories)].map(u.Je);return s&&a.some(e=>void 0!==e&&(function(e){let t=e.replace(/^\.?\/*/,"/").replace(/(?<=.)\/+$/,"").split(/(\*+)/).map(e=>e.startsWith("**")?".*":"*"===e?"[^/]*":e.replace(/[.+?^${}()|[\]\\]/g,"\\$&"));return RegExp(`^${t.join("")}$`)})(e).test(n))})((0,u.c_)(t),e)));if(0===s.errors.length&&0===o.length)return(0,l.ss)(t,`has ${j(r)}`);let c=function(e,t,n){let r=t.get("updates");if(!(0,v.oP)(r)||r.flow||!r.range)return;let s=e.lastIndexOf("\n",r.range[0]-1)+1,a=e.slice(s,r.range[0]),o=e.includes("\r\n")?"\r\n":"\n",l=e.slice(0,r.range[1]).trimEnd(),c=e.slice(l.length).replace(/^[ \t]*(?:#[^\r\n]*)?(\r?\n)?/,""),p=e.slice(l.length,e.length-c.length).trimEnd(),d=`${l}${p}${o}${$(n,a,o)}${c}`,h=(0,u.c_)(t.toJS()),m=(0,v.Tp)(d),f={...h,updates:[...(0,u.jk)(h.updates),...n.map(k)]};return 0===m.errors.length&&(0,u.bI)(m.toJS())&&(0,i.isDeepStrictEqual)(m.toJS(),f)?d:void 0}(n,s,o);return void 0===c?(0,l.kb)(t,`add by hand: ${j(o)}; its list "updates" is none that lines can be added to`):(0,l.Mp)(t,n,c,_(o))}(n),...(Z=(L=n).read(N)??"",ee=function(e,t){let{value:n,reason:r}=e.findings["bandit-config"];if(n)return(0,l.ss)(N,`bandit has its settings: ${n}, ${r}`);let i=["setup.cfg","tox.ini"].find(t=>/^\s*\[bandit\]/m.test(e.read(t)??""));if(i)return(0,l.ss)(N,`bandit has its settings in ${i}`);let s=function({findings:e}){let t=(0,a.c3)(e["test-paths"].value),n=String(e["dashboard-directory"].value);return[...t,n].filter(e=>""!==e&&"."!==e&&!/[*?[]/.test(e))}(e);if(0===s.length)return(0,l.kb)(N,"nothing for bandit to leave out: no tests and no dashboard");let o=s.map(e=>JSON.stringify(e)).join(", ");return O(t,`[tool.bandit]
exclude_dirs = [${o}]
`,`bandit leaves ${s.join(" and ")} out`)}(L,Z),et=function(e,t){let n=p(e);if(!0!==e.findings["has-package"].value||"literal"!==n.kind)return;let{literal:r}=n,[i,s]=["{current_version}","{new_version}"].map(e=>JSON.stringify(r.around(e)));return O(t,`[tool.bumpversion]
current_version = ${JSON.stringify(r.version)}

[[tool.bumpversion.files]]
filename = ${JSON.stringify(r.path)}
search = ${i}
replace = ${s}
`,`version-bump cannot see by itself that the version is in ${r.path}`)}(L,"write"===ee.kind?ee.after:Z),et?[ee,et]:[ee]),function({findings:e,project:t,read:n}){let r="cliff.toml",{value:i,reason:s}=e["has-package"],a=[r,".cliff.toml",".config/cliff.toml"].find(e=>void 0!==n(e));return a?(0,l.ss)(a,"git-cliff has its settings"):"git-cliff"in t.pyproject.tool?(0,l.kb)(r,"git-cliff has its settings in pyproject.toml"):i?(0,l.Mp)(r,void 0,x,"how the notes of a release are written"):(0,l.kb)(r,`no package to release: ${s}`)}(n),function({remote:e,read:t}){let n="CODEOWNERS",r=[".github/CODEOWNERS",n,"docs/CODEOWNERS"].find(e=>void 0!==t(e));if(r)return(0,l.ss)(r,"somebody owns the code");if(!e)return(0,l.kb)(n,'no owner is known: the remote "origin" is not on GitHub');let i=["# Who is asked to review. An organisation owns no code: for one, name a team, such as @acme/maintainers.",`* @${e.owner}`,""];return(0,l.Mp)(n,void 0,i.join("\n"),`the owner of the remote "origin" is ${e.owner}`)}(n),function(e){let{value:t,reason:n}=e.findings["has-package"],r=h.find(t=>void 0!==e.read(t))??"CONTRIBUTING.md";if(!t)return(0,l.kb)(r,`no package to release: ${n}`);let i=function(e){return["## Releases","",..."none"===p(e).kind?b:g,"",...y].join("\n")}(e),s=e.read(r);if(void 0===s)return(0,l.Mp)(r,void 0,(0,o.JM)("# Contributing\n",1,d,i),m);let a=(0,o.iG)(s,d,i);if("text"===a.kind)return(0,l.Mp)(r,s,a.text,m);if("broken"===a.kind)return(0,l.kb)(r,a.reason);let u=f.exec(s)?.[0].trim();return u?(0,l.kb)(r,`it has a part of its own on releases: "${u}"`):(0,l.Mp)(r,s,(0,o.JM)(s,s.split("\n").length,d,i),m)}(n),(0,M.B)(n,Y)])),el=eo.filter(e=>"write"===e.kind);return(el.length>0&&t.print(`${(0,U.n)(el)}
`),t.print((0,U.E)(eo)),0===el.length)?(t.say("Everything is in place; there is nothing to write."),0):ei?(t.say(`Nothing was written (--dry-run); ${K(el.length)} would be.`),0):er||await t.ask(`Write ${K(el.length)}?`)?((0,V.f)(ea.root,el),function(e,{say:t}){let n=t=>e.some(({kind:e,path:n})=>"write"===e&&n.endsWith(`/${t}`));t("Written. Look at it with git diff, and commit it."),n("release.yml")&&t("On PyPI: add a trusted publisher for release.yml and the environment pypi, and make that environment on GitHub."),n("version-bump.yml")&&t("On GitHub: Settings → Actions → General → allow GitHub Actions to create pull requests.")}(eo,t),0):(t.say("Nothing was written. --yes writes without a question."),1)}};function K(e){return 1===e?"1 file":`${e} files`}}};
