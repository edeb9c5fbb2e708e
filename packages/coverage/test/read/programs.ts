import type { Files } from '@tokenledger/testkit'

/** A package that has every kind of exit that coverage.py knows, some taken and some not. */
export const PROGRAM: Files = {
  'main.py': `import shop.exits
import shop.nested.more
import shop.quiet

shop.exits.choose(2)
shop.exits.choose(7)
shop.exits.Things().named(3)
shop.nested.more.loops([1, 2])
`,
  'shop/__init__.py': '',
  'shop/nested/__init__.py': '"""Only a docstring."""\n',
  'shop/quiet.py': '# Nothing but a comment.\n',
  'shop/exits.py': `"""Exits of all kinds."""
import os


def choose(x):
    if x > 1:
        y = (
            x +
            2
        )
    else:
        y = 0
    if os.name == "nt":  # pragma: no cover
        return 1
    if (
        x > 5
        and y
    ):
        return 2
    try:
        z = 1 / (x - 7)
    except ZeroDivisionError:
        z = 0
    match x:
        case 1:
            return 3
        case 2 | 3:
            z = 4
        case _:
            z = 5
    return [q for q in range(4) if q > z], lambda: z


def never(items):
    while items:
        if items.pop():
            continue
        break
    else:
        return 1
    with open(os.devnull) as file:
        for line in file:
            print(line)


class Things:
    def named(self, a):
        if a:
            return a if a > 2 else None

    def pulled(self):
        if self:
            yield 1
`,
  'shop/nested/more.py': `def loops(items):
    for item in items:
        if item == 1:
            print(item)
    for item in items:
        if item == 9:
            return
    async def inner():
        async with items:
            if items:
                await items


if __name__ == "__main__":
    loops([])
`,
}
