"""Bytes as Chinese text full of figures: what a fuzzer changes byte by byte should change word by word."""

from __future__ import annotations

__all__ = ["WORDS", "text_of"]

# One word for each byte; a byte that is no word's number begins raw UTF-8.
_WORDS = """
0 1 2 3 4 5 6 7 8 9 10 12 163 1.5 0.0 2019 1,234 . , : / - — ~ + % ‰ ' ( ) | # * _ ` $ ¥ = 零 〇 一 二 两 三 四 五
六 七 八 九 十 百 千 万 亿 几 半 多 余 数 近 约 超过 不足 以上 左右 至 到 点 分之 百分之 成 倍 番 翻 比 ， 。 、 ； ： ！ ？ （ ） “ ” 「 」 《 》 〔 ．
％ ３ ０ ① ² ⁴ × Ⅷ 𠮷 👍 \u200d \u202e ́ \ufeff \ue000 \ue001 \ue0ff \uf8ff \ud800 \udc00 \U000f0000 \U0010ffff
\uf97e 户 人 名 人次 个 村 元 万元 亿元 美元 亩 公顷 米 公里 吨 兆瓦时 年 月 日 时 分 季度 天 个百分点 ℃ 度 元/吨 次 项 支 间 级 其中 当中 共 合计 总计 包括 分别 分别为 占 占全县的
比重为 和 与 等 的 了 为 是 有 达 由 从 增加 增长 减少 下降 提高到 下降到 增至 同比 环比 比上年 比上年的 户均 人均 每 均 全县 甲 乙 丙 贫困村 贫困户 收入 面积 总数 覆盖率 排名
男 女 已 未 其余 新增 累计 今年 去年 年底 连续 以来 第 上 下 前 后 一是 二是 首先 四化 单位： 表 注： 四舍五入 A a N e http:// checker: ignore <!-- -->
**
"""
_OTHERS = (
    '"',
    "\n",
    "\n\n",
    "\t",
    " ",
    "\u3000",
    "\r\n",
    "\r",
    "\x00",
    "\x0b",
    "\u2028",
    "\n# ",
    "\n- ",
    "\n1. ",
    "\n（一）",
    "\n| ",
    " | ",
    " |\n|---|---|\n",
    "```\n",
    "---\n",
    "",
)
WORDS = (*_WORDS.split(), *_OTHERS)


def text_of(data: bytes) -> str:
    """The text that some bytes stand for; behind a byte that is no word's number the rest is UTF-8.

    >>> text_of(bytes([0, 1])), text_of(b"\\xff" + "户".encode())
    ('01', '户')
    """
    at = next((i for i, byte in enumerate(data) if byte >= len(WORDS)), len(data))
    return "".join(WORDS[byte] for byte in data[:at]) + data[at + 1 :].decode("utf-8", "replace")
