import { describe, expect, it } from '@jest/globals'
import { splitWords } from '../../src/command/words.ts'

describe('a command line', () => {
  it.each([
    ['tokenledger db init', ['tokenledger', 'db', 'init']],
    ['  python  -m\tapp.db  ', ['python', '-m', 'app.db']],
    [`python -c 'print("a b")'`, ['python', '-c', 'print("a b")']],
    [`app --name "two words"'!' ''`, ['app', '--name', 'two words!', '']],
    [`app 'a $HOME * \`x\` \\'`, ['app', 'a $HOME * `x` \\']],
    [`app --set=a=b HEAD~1 a#b 50% user@host:1`, ['app', '--set=a=b', 'HEAD~1', 'a#b', '50%', 'user@host:1']],
  ])('%j is taken apart as a shell would', (command, words) => {
    expect(splitWords(command)).toEqual(words)
  })

  it.each([
    ['app init && app seed', '"&&"'],
    ['app | tee log', '"|"'],
    ['app > log', '">"'],
    ['app; app', '";"'],
    ['app $DATABASE_URL', '"$"'],
    ['app "$DATABASE_URL"', '"$"'],
    ['app `date`', '"`"'],
    ['app "`date`"', '"`"'],
    ['app *.sql', '"*"'],
    ['app {a,b}', '"{"'],
    ['app a\\ b', '"\\"'],
    ['~/bin/app', '"~"'],
    ['app &', '"&"'],
  ])('%j is refused', (command, mark) => {
    expect(() => splitWords(command)).toThrow(
      `Input command ${JSON.stringify(command)}: ${mark} needs a shell, and none is used. Put the command into a script and name that.`,
    )
  })

  it('is refused with an open quote, several lines, a variable in front, or nothing in it', () => {
    expect(() => splitWords(`app 'a`)).toThrow(
      `Input command "app 'a": ' is never closed. Put the command into a script and name that.`,
    )
    expect(() => splitWords('app init\napp seed')).toThrow('it has several lines, which only a shell runs')
    expect(() => splitWords('MODE=ci app')).toThrow(
      '"MODE=" sets a variable as a shell would. Set it with env: of the step.',
    )
    expect(() => splitWords(' ')).toThrow('Input command is empty. Give a program and its arguments.')
    expect(() => splitWords("''")).toThrow('Input command is empty.')
  })
})
