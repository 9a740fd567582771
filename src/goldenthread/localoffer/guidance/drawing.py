"""From the tree of a guidance page to safe HTML, with the words of the glossary explained.

A word that needs explaining is a button at its first use, which opens its meaning over the page (the HTML
popover, without script, by mouse, touch or key); all of them also stand in a list at the end, for paper and
for browsers that know no popovers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.text import slugify
from markupsafe import Markup, escape

from goldenthread.localoffer.guidance import markdown
from goldenthread.localoffer.guidance.markdown import Block, Bold, Heading, Inline, Link, Listing, Words
from goldenthread.localoffer.guidance.words import Glossary, Word

# All that a page may consist of: a test holds any text to it.
TAGS = frozenset({"h2", "h3", "p", "ul", "ol", "li", "strong", "a", "button", "span"})
_EXPLAIN = Markup(
    '<button type="button" class="gt-word" popovertarget="word-{key}">{text}'
    '<span class="govuk-visually-hidden"> (what this means)</span></button>'
)
# A browser may break a line after a button: a full stop must not begin the next one. Long words may wrap.
_TOGETHER = Markup('<span class="gt-nowrap">{}{}</span>')
_SHORT = 26
_CLOSING = re.compile(r"[.,:;!?)’”]+")
_LISTS = {
    False: Markup('<ul class="govuk-list govuk-list--bullet">{}</ul>'),
    True: Markup('<ol class="govuk-list govuk-list--number">{}</ol>'),
}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under a heading of level 2; the part before the first has no title."""

    key: str
    title: str
    html: Markup


@dataclass
class Drawer:
    """Draws the blocks of one page in their order, and remembers which words it explained.

    `address_of` says where a target leads, or None; a link that leads nowhere any more is drawn as words.
    """

    address_of: Callable[[str], str | None]
    glossary: Glossary
    places: dict[str, str]
    explained: list[Word] = field(default_factory=list)
    _keys: set[str] = field(default_factory=set)

    def sections(self, blocks: Sequence[Block]) -> list[Section]:
        """The page in its parts; each part's heading is left to the template."""
        found: list[tuple[str, str, list[Markup]]] = [("", "", [])]
        for block in blocks:
            if isinstance(block, Heading) and block.level == 2:
                title = self._filled(markdown.plain(block.parts))
                found.append((self._key(title), title, []))
            else:
                found[-1][2].append(self._block(block))
        return [Section(key, title, Markup("\n").join(html)) for key, title, html in found if title or html]

    def _key(self, title: str) -> str:
        base = slugify(title)[:60] or "part"
        key, number = base, 2
        while key in self._keys:
            key, number = f"{base}-{number}", number + 1
        self._keys.add(key)
        return key

    def _filled(self, text: str) -> str:
        return markdown.filled(text, self.places)

    def _block(self, block: Block) -> Markup:
        if isinstance(block, Heading):
            title = self._filled(markdown.plain(block.parts))
            return Markup('<h3 class="govuk-heading-s" id="{}">{}</h3>').format(self._key(title), title)
        if isinstance(block, Listing):
            items = Markup("").join(Markup("<li>{}</li>").format(self._line(item)) for item in block.items)
            return _LISTS[block.numbered].format(items)
        return Markup('<p class="govuk-body">{}</p>').format(self._line(block.parts))

    def _line(self, parts: Sequence[Inline]) -> Markup:
        return Markup("").join(self._inline(part) for part in parts)

    def _inline(self, part: Inline) -> Markup:
        if isinstance(part, Bold):
            return Markup("<strong>{}</strong>").format(self._line(part.parts))
        if isinstance(part, Link):
            return self._link(part)
        return self._words(part)

    def _link(self, link: Link) -> Markup:
        address, text = self.address_of(link.target), self._filled(link.text)
        if address is None:
            return escape(text)
        return Markup('<a class="govuk-link" href="{}">{}</a>').format(address, text)

    def _words(self, words: Words) -> Markup:
        text, found, end = self._filled(words.text), [], 0
        for start, stop, word in self.glossary.uses(text):
            if word in self.explained:
                continue
            self.explained.append(word)
            found.append(escape(text[end:start]))
            button = _EXPLAIN.format(key=word.key, text=text[start:stop])
            closing = _CLOSING.match(text, stop)
            if closing and stop - start <= _SHORT:
                button, stop = _TOGETHER.format(button, closing[0]), closing.end()
            found.append(button)
            end = stop
        found.append(escape(text[end:]))
        return Markup("").join(found)
