/** Settings of git-cliff. As in examples/tokenledger; a test compares them. */
export const CLIFF = String.raw`# Notes of a release, written by git-cliff 2.13 (https://git-cliff.org/docs/configuration).
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
`
