"""The cost against the size of a file, as a picture in SVG: seconds by bytes, both in powers of ten.

Colours come from a style sheet inside the picture that knows light and dark; a ground of its own keeps it readable on any page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Line", "draw"]

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 56, 48
STYLE = """
  text { font: 12px system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; fill: #24292f }
  .ground { fill: #ffffff } .grid { stroke: #d0d7de } .even { stroke: #8c959f; stroke-dasharray: 5 4 } .faint { fill: #57606a }
  .s0 { stroke: #cf222e; fill: #cf222e } .s1 { stroke: #0969da; fill: #0969da } text.s0, text.s1 { stroke: none }
  .line { fill: none; stroke-width: 2 } .range { stroke-width: 1.5 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .ground { fill: #161b22 } .grid { stroke: #30363d } .even { stroke: #8b949e } .faint { fill: #9198a1 }
    .s0 { stroke: #ff7b72; fill: #ff7b72 } .s1 { stroke: #79c0ff; fill: #79c0ff }
  }"""


class Line(NamedTuple):
    """A name, and for each size in bytes the median, least and most seconds."""

    name: str
    points: Sequence[tuple[int, float, float, float]]


def draw(title: str, lines: Sequence[Line], even: str, words: Sequence[str]) -> str:
    """The picture. `even` names the dashed line, which is the first point of the first line grown in step with the size;
    `words` are the headings of the two axes."""
    sizes = [size for line in lines for size, *_ in line.points]
    seconds = [value for line in lines for _, *values in line.points for value in values]
    low, high = math.floor(math.log10(min(seconds))), math.ceil(math.log10(max(seconds)))
    left, right = math.log10(min(sizes)), max(math.log10(max(sizes)), math.log10(min(sizes)) + 0.1)

    def x(size: float) -> float:
        return round(LEFT + 12 + (math.log10(size) - left) / (right - left) * (WIDTH - LEFT - RIGHT - 84), 1)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (math.log10(value) - low) / (high - low) * (HEIGHT - TOP - BOTTOM), 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{title}</title>\n<style>{STYLE}\n</style>",
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}" rx="6"/>',
    ]
    for power in range(low, high + 1):
        at = y(10.0**power)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at}" y2="{at}"/>')
        parts.append(
            f'<text class="faint" x="{LEFT - 8}" y="{at + 4}" text-anchor="end">{_seconds(10.0**power)}</text>'
        )
    for size in dict.fromkeys(sizes):
        parts.append(
            f'<text class="faint" x="{x(size)}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{_size(size)}</text>'
        )
    first, at_first = lines[0].points[0][:2]
    end = max(sizes)
    parts.append(
        f'<line class="even" x1="{x(first)}" y1="{y(at_first)}" x2="{x(end)}" y2="{max(TOP, y(at_first * end / first))}"/>'
    )
    for number, line in enumerate(lines):
        path = " ".join(f"{x(size)},{y(value)}" for size, value, _, _ in line.points)
        parts.append(f'<polyline class="s{number} line" style="fill: none" points="{path}"/>')
        for size, value, least, most in line.points:
            parts.append(
                f'<line class="s{number} range" x1="{x(size)}" x2="{x(size)}" y1="{y(least)}" y2="{y(most)}"/>'
            )
            parts.append(f'<circle class="s{number}" cx="{x(size)}" cy="{y(value)}" r="3.5"/>')
            rate = f"{size / value / 1e6:.2g} MB/s"
            parts.append(f'<text class="s{number}" x="{x(size) + 8}" y="{y(value) + 16}">{rate}</text>')
        begin = LEFT + 12 + 200 * number
        parts.append(
            f'<circle class="s{number}" cx="{begin}" cy="24" r="4"/><text x="{begin + 10}" y="28">{line.name}</text>'
        )
    begin = LEFT + 12 + 200 * len(lines)
    parts.append(
        f'<line class="even" x1="{begin - 8}" x2="{begin + 12}" y1="24" y2="24"/><text x="{begin + 20}" y="28">{even}</text>'
    )
    parts.append(f'<text class="faint" x="8" y="{TOP - 10}">{words[1]}</text>')
    parts.append(f'<text class="faint" x="{WIDTH - RIGHT}" y="{HEIGHT - 8}" text-anchor="end">{words[0]}</text>')
    return "\n".join([*parts, "</svg>\n"])


def _seconds(value: float) -> str:
    return f"{value:g} s" if value >= 1 else f"{1000 * value:g} ms"


def _size(size: int) -> str:
    return f"{size / 1e6:g} MB" if size >= 1_000_000 else f"{size / 1e3:g} KB"
