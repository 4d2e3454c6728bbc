"""What a reader sees of a page in a browser: letters that are too small, tables that scroll without saying so."""

from __future__ import annotations

from typing import Any

PHONE = {"width": 390, "height": 844}
PAPER = {"width": 688, "height": 971}  # A4 less its margins of 14 mm at the sides, at 96 pixels an inch
_SMALLEST = """
least => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), small = [];
  while (walker.nextNode()) {
    const each = walker.currentNode.parentElement, svg = each.closest('svg');
    if (!walker.currentNode.data.trim() || !each.checkVisibility() || each.closest('title, desc, .skip')) continue;
    const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
    const size = parseFloat(getComputedStyle(each).fontSize) * scale;
    if (size < least - 0.01) small.push([size, each.tagName, walker.currentNode.data.trim().slice(0, 40)]);
  }
  return small;
}
"""
_SCROLLING = """
() => [...document.querySelectorAll('.scroll')].filter(each => each.checkVisibility()).map(each => {
  const before = each.previousElementSibling, said = !!before && before.matches('.reach') && before.checkVisibility();
  return [each.scrollWidth > each.clientWidth + 1, said, each.getAttribute('aria-labelledby')];
}).filter(([scrolls, said]) => scrolls !== said)
"""


def too_small(window: Any) -> list[Any]:
    """Texts below 15 pixels on a screen, charts apart, and below 8 points on paper, charts among them."""
    window.emulate_media(media="screen")
    small = [each for each in window.evaluate(_SMALLEST, 15) if each[1] != "text"]
    before = window.viewport_size
    window.emulate_media(media="print")
    window.set_viewport_size(PAPER)
    small += window.evaluate(_SMALLEST, 8 * 96 / 72)
    window.emulate_media(media="screen")
    window.set_viewport_size(before)
    return small


def scroll_unsaid(window: Any) -> list[Any]:
    """Tables that scroll on a phone and do not say so, or say so and do not."""
    before = window.viewport_size
    window.set_viewport_size(PHONE)
    found: list[Any] = window.evaluate(_SCROLLING)
    window.set_viewport_size(before)
    return found
